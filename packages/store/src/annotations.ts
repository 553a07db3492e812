/**
 * What events say about others (spec/12-content.md), filed under what they say it about. However much somebody says, reading what
 * stands takes a step for each thing that is shown: the newest in each slot is marked when it is filed.
 */
import type { Annotation, FiledAnnotation, Store, Target } from "@multichat/core/ports";
import { type EventId, idLength } from "@multichat/protocol";
import type { RowOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { notDue } from "./expiries.ts";
import { eventColumns, eventTypes, toEvent } from "./event-row.ts";
import type { Feeds } from "./feeds.ts";
import { idBytes } from "./id-bytes.ts";
import type { Names } from "./names.ts";
import { createReactions } from "./reactions.ts";
import { damaged } from "./sqlite-error.ts";

type AnnotationMethods =
  | "putAnnotations"
  | "removeAnnotations"
  | "annotation"
  | "annotationsBy"
  | "annotationsOf"
  | "standing"
  | "lastOfEach"
  | "authorsOf"
  | "reactions"
  | "isAnnotated"
  | "annotated";

export type Annotations = Pick<Store, AnnotationMethods>;

/** Of what something may stand differently: of one account (empty: of all) about one target. */
interface Touched {
  target: Uint8Array;
  channel: number;
  kind: string;
  owner: Uint8Array;
}

const everybody = new Uint8Array();
const filedTypes = [
  "eventId",
  "text",
  "text",
  "bytes",
  "accountId",
  "text?",
  "bytes",
  ...eventTypes,
] as const;

export function createAnnotations(connection: Connection, names: Names, feeds: Feeds): Annotations {
  const about = "target = ?1 AND annotations.channel = ?2 AND annotations.kind = ?3";
  const select = (rest: string) =>
    connection.query(
      `SELECT target, annotations.kind, slot, owner, author, sort, stamp, ${eventColumns}
       FROM annotations CROSS JOIN events ON events.arrival = annotations.arrival WHERE ${rest}`,
      filedTypes,
    );
  const channelOf = connection.query("SELECT channel, arrival FROM events WHERE id = ?", [
    "integer",
    "integer",
  ]);
  const put = connection.command(`
    INSERT INTO annotations (target, channel, kind, owner, slot, stamp, author, sort, stands, arrival)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING`);
  const newestOf = connection.query(
    `SELECT stamp, sort IS NOT NULL, stands FROM annotations
     WHERE ${about} AND owner = ?4 AND slot = ?5 ORDER BY stamp DESC LIMIT 2`,
    ["bytes", "integer", "integer"],
  );
  const mark = connection.command(
    "UPDATE annotations SET stands = ? WHERE target = ? AND channel = ? AND kind = ? AND owner = ? AND slot = ? AND stamp = ?",
  );
  const ofEvent = connection.query(
    "SELECT target, channel, kind, owner, slot FROM annotations WHERE arrival = ?",
    ["bytes", "integer", "text", "bytes", "text"],
  );
  const remove = connection.command("DELETE FROM annotations WHERE arrival = ?");
  const newestStanding = connection.query(
    `SELECT stamp FROM annotations WHERE ${about} AND stands = 1 ORDER BY stamp DESC LIMIT 1`,
    ["bytes"],
  );
  const noteAnnotated = connection.command(`
    INSERT INTO annotated (channel, kind, target, stamp) VALUES (?, ?, ?, ?)
    ON CONFLICT (channel, kind, target) DO UPDATE SET stamp = excluded.stamp`);
  const forgetAnnotated = connection.command(
    "DELETE FROM annotated WHERE channel = ? AND kind = ? AND target = ?",
  );

  const newest = select(`${about} AND owner = ?4 AND slot = ?5 ORDER BY stamp DESC LIMIT 1`);
  const by = select(`${about} AND owner = ?4 AND slot = '' ORDER BY stamp DESC LIMIT ?5`);
  const ofKind = select(`${about} LIMIT ?4`);
  const standing = select(`${about} AND owner = ?4 AND stands = 1 ORDER BY sort, stamp LIMIT ?5`);
  // From one author straight to the next, however much each has said.
  const nextOwner = (after: string) =>
    `SELECT owner FROM annotations WHERE ${about} ${after} ORDER BY owner LIMIT 1`;
  const lastOfEach = connection.query(
    `WITH RECURSIVE owners (owner) AS (
       SELECT (${nextOwner("")})
       UNION ALL SELECT (${nextOwner("AND annotations.owner > owners.owner")}) FROM owners WHERE owner IS NOT NULL
     )
     SELECT target, annotations.kind, slot, annotations.owner, author, sort, stamp, ${eventColumns}
     FROM owners CROSS JOIN annotations ON ${about} AND annotations.owner = owners.owner AND slot = '' AND stamp = (
       SELECT max(stamp) FROM annotations WHERE ${about} AND annotations.owner = owners.owner AND slot = '' AND stamp < ?4
     ) CROSS JOIN events ON events.arrival = annotations.arrival`,
    filedTypes,
  );
  const authors = connection.query(
    `SELECT author, stamp FROM annotations
     WHERE ${about} AND stands = 1 AND lower(hex(author)) NOT IN (SELECT value FROM json_each(?4))
       AND ${notDue("annotations.arrival", "?6")} ORDER BY stamp DESC LIMIT ?5`,
    ["accountId", "bytes"],
  );
  const isAnnotated = connection.query("SELECT 1 FROM annotations WHERE target = ? LIMIT 1", [
    "integer",
  ]);
  const annotated = connection.query(
    "SELECT target FROM annotated WHERE channel = ? AND kind = ? ORDER BY stamp DESC LIMIT ?",
    ["eventId"],
  );
  const reactions = createReactions(connection);

  function putOne({ target, kind, slot, author, shared, sort, event, hlc }: Annotation): Touched {
    const held = channelOf.get(idBytes(event));
    if (held === null) throw new RangeError("only an event that is held can be an annotation");
    const [channel, arrival] = held;
    const touched = {
      target: idBytes(target),
      channel,
      kind,
      owner: shared ? everybody : idBytes(author),
    };
    const row = put.run(
      touched.target,
      channel,
      kind,
      touched.owner,
      slot,
      stampOf(hlc, event),
      idBytes(author),
      sort,
      arrival,
    );
    if (row === 1) markNewest(touched, slot);
    return touched;
  }

  function removeOne(event: EventId): Touched[] {
    const held = channelOf.get(idBytes(event));
    if (held === null) return [];
    const filed = ofEvent.all(held[1]);
    if (filed.length > 0) remove.run(held[1]);
    return filed.map(([target, channel, kind, owner, slot]) => {
      const touched = { target, channel, kind, owner };
      markNewest(touched, slot);
      return touched;
    });
  }

  /** The newest in a slot stands, unless it takes back what was said. One that came or went is next to the one that stood. */
  function markNewest({ target, channel, kind, owner }: Touched, slot: string): void {
    const [first, second] = newestOf.all(target, channel, kind, owner, slot);
    if (first !== undefined && first[1] !== first[2])
      mark.run(first[1], target, channel, kind, owner, slot, first[0]);
    if (second?.[2] === 1) mark.run(0, target, channel, kind, owner, slot, second[0]);
  }

  function settle(all: readonly Touched[]): void {
    for (const one of distinct(
      all,
      ({ target, channel, kind }) => `${channel} ${kind} ${textOf(target)}`,
    )) {
      const { target, channel, kind } = one;
      const last = newestStanding.get(target, channel, kind);
      if (last === null) forgetAnnotated.run(channel, kind, target);
      else noteAnnotated.run(channel, kind, target, last[0]);
    }
    const reacted = all.filter(({ kind, owner }) => kind === "reaction" && owner.length > 0);
    for (const { target, channel, owner } of distinct(
      reacted,
      (one) => `${one.channel} ${textOf(one.target)} ${textOf(one.owner)}`,
    ))
      reactions.settle(target, channel, owner);
  }

  const filed = (row: RowOf<typeof filedTypes>): FiledAnnotation => {
    const [target, kind, slot, owner, author, sort, stamp, ...rest] = row;
    const { arrival: _, ...stored } = toEvent(rest, feeds);
    return {
      target,
      kind,
      slot,
      author,
      shared: owner.length === 0,
      sort,
      event: stored.id,
      hlc: hlcOf(stamp),
      stored,
    };
  };

  const ownerOf = (author: string | null): Uint8Array =>
    author === null ? everybody : idBytes(author as EventId);

  /** Nothing is said in a channel that is not known here. */
  function reading<T>(
    { id, channel }: Target,
    read: (target: Uint8Array, channel: number) => T[],
  ): T[] {
    const key = names.findChannel(channel);
    return key === null ? [] : read(idBytes(id), key);
  }

  return {
    putAnnotations: (annotations) => connection.transaction(() => settle(annotations.map(putOne))),
    removeAnnotations: (events) => connection.transaction(() => settle(events.flatMap(removeOne))),
    annotation: (target, kind, author, slot) =>
      reading(target, (id, channel) => newest.all(id, channel, kind, ownerOf(author), slot)).map(
        filed,
      )[0] ?? null,
    annotationsBy: (target, kind, author, limit) =>
      reading(target, (id, channel) => by.all(id, channel, kind, ownerOf(author), limit)).map(
        filed,
      ),
    annotationsOf: (target, kind, limit) =>
      reading(target, (id, channel) => ofKind.all(id, channel, kind, limit)).map(filed),
    standing: (target, kind, author, limit) =>
      reading(target, (id, channel) => standing.all(id, channel, kind, ownerOf(author), limit)).map(
        filed,
      ),
    lastOfEach: (target, kind, before) =>
      reading(target, (id, channel) =>
        lastOfEach.all(id, channel, kind, before === null ? afterAll : hlcBytesOf(before)),
      ).map(filed),
    authorsOf: (target, kind, without, limit, due) =>
      reading(target, (id, channel) =>
        authors.all(id, channel, kind, JSON.stringify(without), limit, due ?? null),
      ).map(([author, stamp]) => ({ author, hlc: hlcOf(stamp) })),
    reactions: (target, viewer, without) =>
      reading(target, (id, channel) => reactions.of(id, channel, viewer, without)),
    isAnnotated: (target) => isAnnotated.get(idBytes(target)) !== null,
    annotated(channel, kind, limit) {
      const key = names.findChannel(channel);
      return key === null ? [] : annotated.all(key, kind, limit).map(([target]) => target);
    },
  };
}

function distinct<T>(all: readonly T[], key: (one: T) => string): Iterable<T> {
  return all.length < 2 ? all : new Map(all.map((one) => [key(one), one])).values();
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const hlcBytes = 8;
const stampBytes = hlcBytes + idLength;
/** Greater than any stamp. */
const afterAll = new Uint8Array(1).fill(0xff);

/** The order of these bytes is that of (hlc, id). */
function stampOf(hlc: bigint, event: EventId): Uint8Array {
  const stamp = Buffer.alloc(stampBytes);
  stamp.writeBigUInt64BE(hlc);
  stamp.set(idBytes(event), hlcBytes);
  return stamp;
}

function hlcBytesOf(hlc: bigint): Uint8Array {
  const bytes = Buffer.alloc(hlcBytes);
  bytes.writeBigUInt64BE(hlc);
  return bytes;
}

function hlcOf(stamp: Uint8Array): bigint {
  if (stamp.length !== stampBytes)
    throw damaged("the database file is damaged: a stamp is cut off");
  return Buffer.from(stamp.buffer, stamp.byteOffset, hlcBytes).readBigUInt64BE();
}
