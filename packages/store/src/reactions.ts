/**
 * Who reacts with what, counted (spec/12-content.md). Of one account only the first so many that stand count, so these are noted by
 * themselves, with how many people there are to each emoji: a message with a million reactions is drawn like any other.
 */
import { type ReactionCount, reactionsShown } from "@multichat/core/ports";
import { type AccountId, limits } from "@multichat/protocol";
import type { Connection } from "./connection.ts";
import { idBytes } from "./id-bytes.ts";

export interface Reactions {
  /** What an account's reactions to one event come to now. */
  settle(target: Uint8Array, channel: number, author: Uint8Array): void;
  of(
    target: Uint8Array,
    channel: number,
    viewer: AccountId,
    without: readonly AccountId[],
  ): ReactionCount[];
}

export function createReactions(connection: Connection): Reactions {
  const due = connection.query(
    `SELECT slot, stamp FROM annotations WHERE target = ? AND channel = ? AND kind = 'reaction' AND owner = ? AND stands = 1
     ORDER BY sort, stamp LIMIT ${limits.reactionsOfOne}`,
    ["text", "bytes"],
  );
  const counted = connection.query(
    "SELECT emoji, stamp FROM reactions WHERE target = ? AND channel = ? AND author = ?",
    ["text", "bytes"],
  );
  const add = connection.command(
    "INSERT INTO reactions (target, channel, emoji, stamp, author) VALUES (?, ?, ?, ?, ?)",
  );
  const remove = connection.command(
    "DELETE FROM reactions WHERE target = ? AND channel = ? AND emoji = ? AND stamp = ?",
  );
  const count = connection.command(`
    INSERT INTO reaction_counts (target, channel, emoji, people, first) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (channel, target, emoji) DO UPDATE SET people = people + ?4, first = ifnull(
      (SELECT min(stamp) FROM reactions WHERE target = ?1 AND channel = ?2 AND emoji = ?3), first)`);
  const clear = connection.command(
    "DELETE FROM reaction_counts WHERE target = ? AND channel = ? AND emoji = ? AND people = 0",
  );

  const among = "SELECT value FROM json_each(?3)";
  const counts = connection.query(
    `SELECT emoji, people - (
       SELECT count(*) FROM json_each(?3) CROSS JOIN reactions
       ON target = ?1 AND channel = ?2 AND author = unhex(value) AND reactions.emoji = reaction_counts.emoji
     ) FROM reaction_counts WHERE target = ?1 AND channel = ?2 ORDER BY people DESC, first LIMIT ${reactionsShown.emoji}`,
    ["text", "integer"],
  );
  const people = connection.query(
    `SELECT author, stamp FROM reactions WHERE target = ?1 AND channel = ?2 AND lower(hex(author)) NOT IN (${among}) AND emoji = ?4
     ORDER BY stamp LIMIT ${reactionsShown.people}`,
    ["accountId", "bytes"],
  );
  const own = connection.query(
    "SELECT 1 FROM reactions WHERE target = ? AND channel = ? AND author = ? AND emoji = ?",
    ["integer"],
  );

  return {
    settle(target, channel, author) {
      const before = new Map(counted.all(target, channel, author));
      const after = new Map(due.all(target, channel, author));
      for (const [emoji, stamp] of before) {
        if (same(after.get(emoji), stamp)) continue;
        remove.run(target, channel, emoji, stamp);
        count.run(target, channel, emoji, -1, stamp);
        clear.run(target, channel, emoji);
      }
      for (const [emoji, stamp] of after) {
        if (same(before.get(emoji), stamp)) continue;
        add.run(target, channel, emoji, stamp, author);
        count.run(target, channel, emoji, 1, stamp);
      }
    },
    of(target, channel, viewer, without) {
      const list = JSON.stringify(without);
      const found = counts.all(target, channel, list).flatMap(([emoji, number]) => {
        const first = people.all(target, channel, list, emoji);
        if (first.length === 0) return [];
        const isOwn = own.get(target, channel, idBytes(viewer), emoji) !== null;
        const accounts = first.map(([account]) => account);
        return {
          since: first[0]![1],
          shown: { emoji, count: number, people: accounts, own: isOwn },
        };
      });
      return found.sort((a, b) => Buffer.compare(a.since, b.since)).map(({ shown }) => shown);
    },
  };
}

function same(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && Buffer.compare(a, b) === 0;
}
