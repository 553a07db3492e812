/** What events say about others (spec/12-content.md), filed under what they say it about. */
import type { Annotation, FiledAnnotation, Store } from "@multichat/core/ports";
import { type EventId, idLength } from "@multichat/protocol";
import type { RowOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { eventColumns, eventTypes, toEvent } from "./event-row.ts";
import type { Feeds } from "./feeds.ts";
import { idBytes } from "./id-bytes.ts";
import type { Names } from "./names.ts";
import { damaged } from "./sqlite-error.ts";

type AnnotationMethods =
  | "putAnnotations"
  | "removeAnnotations"
  | "annotations"
  | "annotationsOf"
  | "annotated";

export type Annotations = Pick<Store, AnnotationMethods>;

const filedTypes = ["eventId", "text", "text", "accountId", "bytes", ...eventTypes] as const;

export function createAnnotations(connection: Connection, names: Names, feeds: Feeds): Annotations {
  const channelOf = connection.query("SELECT channel, arrival FROM events WHERE id = ?", [
    "integer",
    "integer",
  ]);
  const put = connection.command(`
    INSERT INTO annotations (target, kind, slot, author, stamp, arrival) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  const noteAnnotated = connection.command(`
    INSERT INTO annotated (channel, kind, target, stamp) VALUES (?, ?, ?, ?)
    ON CONFLICT (channel, kind, target) DO UPDATE SET stamp = excluded.stamp WHERE excluded.stamp > stamp`);
  const ofEvent = connection.query(
    "SELECT target, kind, stamp FROM annotations WHERE arrival = ?",
    ["bytes", "text", "bytes"],
  );
  const remove = connection.command("DELETE FROM annotations WHERE arrival = ?");
  const forgetAnnotated = connection.command(
    "DELETE FROM annotated WHERE channel = ? AND kind = ? AND target = ? AND stamp = ?",
  );
  const newestOf = connection.query(
    `SELECT stamp FROM annotations CROSS JOIN events ON events.arrival = annotations.arrival
     WHERE target = ? AND annotations.kind = ? AND events.channel = ? ORDER BY stamp DESC LIMIT 1`,
    ["bytes"],
  );
  // Of several rows in a group, SQLite takes the other columns from the one with the maximum.
  const newest = connection.query(
    `SELECT target, newest.kind, slot, author, stamp, ${eventColumns}
     FROM (
       SELECT target, kind, slot, author, max(stamp) AS stamp, arrival FROM annotations
       WHERE target = ? GROUP BY target, kind, slot, author
     ) AS newest CROSS JOIN events ON events.arrival = newest.arrival`,
    filedTypes,
  );
  const ofKind = connection.query(
    `SELECT target, annotations.kind, slot, author, stamp, ${eventColumns}
     FROM annotations CROSS JOIN events ON events.arrival = annotations.arrival
     WHERE target = ? AND annotations.kind = ? ORDER BY stamp DESC LIMIT ?`,
    filedTypes,
  );
  const annotated = connection.query(
    "SELECT target FROM annotated WHERE channel = ? AND kind = ? ORDER BY stamp DESC LIMIT ?",
    ["eventId"],
  );

  function putOne({ target, kind, slot, author, event, hlc }: Annotation): void {
    const held = channelOf.get(idBytes(event));
    if (held === null) throw new RangeError("only an event that is held can be an annotation");
    const [channel, arrival] = held;
    const [about, stamp] = [idBytes(target), stampOf(hlc, event)];
    put.run(about, kind, slot, idBytes(author), stamp, arrival);
    noteAnnotated.run(channel, kind, about, stamp);
  }

  function removeOne(event: EventId): void {
    const held = channelOf.get(idBytes(event));
    if (held === null) return;
    const [channel, arrival] = held;
    const filed = ofEvent.all(arrival);
    remove.run(arrival);
    for (const [target, kind, stamp] of filed) {
      if (forgetAnnotated.run(channel, kind, target, stamp) === 0) continue;
      const before = newestOf.get(target, kind, channel);
      if (before !== null) noteAnnotated.run(channel, kind, target, before[0]);
    }
  }

  const filed = (row: RowOf<typeof filedTypes>): FiledAnnotation => {
    const [target, kind, slot, author, stamp, ...rest] = row;
    const { arrival: _, ...stored } = toEvent(rest, feeds);
    return { target, kind, slot, author, event: stored.id, hlc: hlcOf(stamp), stored };
  };

  return {
    putAnnotations: (annotations) =>
      connection.transaction(() => {
        for (const annotation of annotations) putOne(annotation);
      }),
    removeAnnotations: (events) =>
      connection.transaction(() => {
        for (const event of events) removeOne(event);
      }),
    annotations: (targets) => targets.flatMap((target) => newest.all(idBytes(target)).map(filed)),
    annotationsOf: (target, kind, limit) => ofKind.all(idBytes(target), kind, limit).map(filed),
    annotated(channel, kind, limit) {
      const key = names.findChannel(channel);
      return key === null ? [] : annotated.all(key, kind, limit).map(([target]) => target);
    },
  };
}

const hlcBytes = 8;
const stampBytes = hlcBytes + idLength;

/** The order of these bytes is that of (hlc, id). */
function stampOf(hlc: bigint, event: EventId): Uint8Array {
  const stamp = Buffer.alloc(stampBytes);
  stamp.writeBigUInt64BE(hlc);
  stamp.set(idBytes(event), hlcBytes);
  return stamp;
}

function hlcOf(stamp: Uint8Array): bigint {
  if (stamp.length !== stampBytes)
    throw damaged("the database file is damaged: a stamp is cut off");
  return Buffer.from(stamp.buffer, stamp.byteOffset, hlcBytes).readBigUInt64BE();
}
