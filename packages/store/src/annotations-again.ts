/**
 * Files what an earlier release filed: which of it stands was found out again at every reading then. Said of all at once, it is
 * also what must hold at any time.
 */
import type { DatabaseSync } from "node:sqlite";
import { contentKind } from "@multichat/core";
import { limits } from "@multichat/protocol";

/** Of each slot the newest, if it takes nothing back. */
export const thoseThatStand = `
  SELECT target, channel, kind, owner, slot, max(stamp) AS stamp, sort FROM annotations
  GROUP BY target, channel, kind, owner, slot HAVING sort IS NOT NULL`;

/** Of each account the first. */
export const thoseThatCount = `
  SELECT target, channel, emoji, stamp, author FROM (
    SELECT target, channel, slot AS emoji, stamp, author,
      row_number() OVER (PARTITION BY target, channel, owner ORDER BY sort, stamp) AS place
    FROM annotations WHERE kind = 'reaction' AND owner <> x'' AND stands = 1
  ) WHERE place <= ${limits.reactionsOfOne}`;

export const countsOfThose = `
  SELECT target, channel, emoji, count(*) AS people, min(stamp) AS first FROM reactions GROUP BY target, channel, emoji`;

export const lastAnnotated = `
  SELECT channel, kind, target, max(stamp) AS stamp FROM annotations WHERE stands = 1 GROUP BY channel, kind, target`;

export const fileAgain = `
  INSERT INTO annotations (target, channel, kind, owner, slot, stamp, author, sort, stands, arrival)
    SELECT old.target, events.channel, old.kind, CASE WHEN annotation_shared(old.kind) THEN x'' ELSE old.author END,
      old.slot, old.stamp, old.author, annotation_sort(old.kind, events.payload), 0, old.arrival
    FROM annotations_before AS old JOIN events ON events.arrival = old.arrival;
  UPDATE annotations SET stands = 1 FROM (${thoseThatStand}) AS found
    WHERE (annotations.target, annotations.channel, annotations.kind, annotations.owner, annotations.slot, annotations.stamp)
      = (found.target, found.channel, found.kind, found.owner, found.slot, found.stamp);
  INSERT INTO reactions (target, channel, emoji, stamp, author) ${thoseThatCount};
  INSERT INTO reaction_counts (target, channel, emoji, people, first) ${countsOfThose};
  DELETE FROM annotated;
  INSERT INTO annotated (channel, kind, target, stamp) ${lastAnnotated};`;

/** What the statements above ask of the payloads, which SQL cannot read. */
export function teachFiling(database: DatabaseSync): void {
  database.function("annotation_shared", (kind) => Number(contentKind(String(kind)).shared));
  database.function("annotation_sort", (kind, payload) =>
    payload instanceof Uint8Array
      ? (contentKind(String(kind)).about?.(payload)?.sort ?? null)
      : null,
  );
}
