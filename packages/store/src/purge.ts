/**
 * Destroying what expired, so that its bytes are in no file (spec/08-store.md). SQLite overwrites what it deletes; what is left are the
 * log, and the full-text index, which takes out many texts at once only when its parts are merged into one.
 */
import type { Store } from "@multichat/core/ports";
import type { EventId } from "@multichat/protocol";
import type { Connection } from "./connection.ts";
import { idBytes } from "./id-bytes.ts";
import { manyPurged, sweepMs, sweepPages } from "./limits.ts";
import type { Meta } from "./meta.ts";

type Projections = Pick<
  Store,
  "timelineEntries" | "removeTimeline" | "removeAnnotations" | "removeSearch"
>;

export interface Purge extends Pick<Store, "purge" | "settlePurge"> {
  /** Deletes so many texts from the index, all at once if they are many. */
  sweeping(texts: number, work: () => void): void;
}

/** SQLite's own: parts of the index are merged when there are so many of one size. */
const usualAutomerge = 4;

/** Where traces are left. Each is dealt with in the step before the next lower one. */
const traces = { none: 0, log: 1, mergingIndex: 2, index: 3 } as const;

/** @param emptyLog answers whether the log is empty now */
export function createPurge(
  connection: Connection,
  meta: Meta,
  projections: Projections,
  emptyLog: () => boolean,
): Purge {
  const arrivalOf = connection.query("SELECT arrival FROM events WHERE id = ?", ["integer"]);
  // A reply of a thread has a place of its own, which does not depend on the message that the thread hangs on.
  const about = connection.query(
    `SELECT events.id FROM annotations CROSS JOIN events ON events.arrival = annotations.arrival
     WHERE target = ? AND annotations.kind <> 'reply'`,
    ["eventId"],
  );
  const destroy = connection.command(
    "UPDATE events SET salt = NULL, payload = NULL WHERE arrival = ? AND payload IS NOT NULL",
  );
  const expired = connection.command("DELETE FROM expiries WHERE arrival = ?");
  // A number bound to a statement is no integer to SQLite, and these settings take nothing else.
  const configure = (setting: "secure-delete" | "automerge", value: number) =>
    connection.command(`INSERT INTO search (search, rank) VALUES ('${setting}', ${value})`);
  // Merging on the way would be done again at the end.
  const sweepLater = [configure("secure-delete", 0), configure("automerge", 0)];
  const deleteAtOnce = [configure("secure-delete", 1), configure("automerge", usualAutomerge)];
  const mergeIndex = connection.command("INSERT INTO search (search, rank) VALUES ('merge', ?)");
  const changes = connection.query("SELECT total_changes()", ["integer"]);

  function withAnnotations(events: readonly EventId[]): EventId[] {
    const all = new Set(events);
    // A set gives what is added on the way, too.
    for (const id of all) for (const [annotation] of about.all(idBytes(id))) all.add(annotation);
    return [...all];
  }

  /** @returns whether there was a payload */
  function purgeOne(id: EventId): boolean {
    const arrival = arrivalOf.get(idBytes(id))?.[0];
    if (arrival === undefined) return false;
    for (const { channel } of projections.timelineEntries(id))
      projections.removeTimeline(channel, [id]);
    projections.removeSearch([id]);
    projections.removeAnnotations([id]);
    expired.run(arrival);
    return destroy.run(arrival) === 1;
  }

  function sweeping(texts: number, work: () => void): void {
    const isSweep = texts >= manyPurged;
    if (isSweep) for (const setting of sweepLater) setting.run();
    work();
    if (isSweep) for (const setting of deleteAtOnce) setting.run();
    meta.setTraces(Math.max(meta.traces(), isSweep ? traces.index : traces.log));
  }

  /** @returns whether it is done */
  function mergeSome(): boolean {
    const isBegun = meta.traces() === traces.mergingIndex;
    const before = changes.get()![0];
    // A negative number has all parts merged into one, however few they are.
    mergeIndex.run(isBegun ? sweepPages : -sweepPages);
    // The command itself is a change.
    const isDone = changes.get()![0] - before < 2;
    meta.setTraces(isDone ? traces.log : traces.mergingIndex);
    return isDone;
  }

  return {
    sweeping,
    purge: (events) =>
      connection.transaction(() => {
        const all = withAnnotations(events);
        let gone: EventId[] = [];
        sweeping(all.length, () => (gone = all.filter(purgeOne)));
        return gone;
      }),

    settlePurge() {
      const started = performance.now();
      while (meta.traces() > traces.log) {
        connection.transaction(mergeSome);
        if (performance.now() - started > sweepMs) return false;
      }
      if (meta.traces() === traces.none) return true;
      if (!emptyLog()) return false;
      connection.transaction(() => meta.setTraces(traces.none));
      return true;
    },
  };
}
