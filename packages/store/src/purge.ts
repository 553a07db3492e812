/**
 * Destroying what expired, so that its bytes are in no file (spec/08-store.md). SQLite overwrites what it deletes; what is left are the
 * log, and the full-text index, which takes out many texts at once only when its parts are merged into one. A whole slice goes with
 * a few statements: by arrival, which is how every table finds its rows without a walk through the index of ids.
 */
import type { Purged, Store } from "@multichat/core/ports";
import type { EventId } from "@multichat/protocol";
import type { Annotations } from "./annotations.ts";
import type { BlobNames } from "./blob-names.ts";
import type { Connection } from "./connection.ts";
import {
  annotationsPurged,
  manyPurged,
  mergedPages,
  purgePagesBeforeCheckpoint,
  sweepMs,
  sweepPages,
  walPagesBeforeCheckpoint,
} from "./limits.ts";
import type { Meta } from "./meta.ts";
import type { Search } from "./search.ts";
import type { Timeline } from "./timeline.ts";

interface Projections {
  timeline: Pick<Timeline, "removeArrivals">;
  annotations: Pick<Annotations, "removeAnnotations">;
  search: Pick<Search, "removeArrivals">;
  blobNames: Pick<BlobNames, "removeArrivals">;
}

export interface Purge extends Pick<Store, "purgeDue" | "settlePurge"> {
  /** Deletes so many texts from the index, all at once if they are many. */
  sweeping(texts: number, work: () => void): void;
}

/** SQLite's own: parts of the index are merged bit by bit when there are so many of one size, and in one go when there are so many more. */
const usual = { automerge: 4, usermerge: 4, crisismerge: 16 } as const;
/**
 * All is merged at the end, and with many parts that takes long; merging fewer than these on the way would take longer. By itself SQLite
 * would merge hundreds of pages now and none then; here it is a few with each slice. Never in one go.
 */
const sweep = { automerge: 0, usermerge: 16, crisismerge: 1999 } as const;

/** Where traces are left. Each is dealt with in the step before the next lower one. */
const traces = { none: 0, log: 1, mergingIndex: 2, index: 3 } as const;

/** @param emptyLog answers whether the log is empty now */
export function createPurge(
  connection: Connection,
  meta: Meta,
  projections: Projections,
  emptyLog: () => boolean,
): Purge {
  const due = connection.query("SELECT arrival FROM expiries WHERE at <= ? ORDER BY at LIMIT ?", [
    "integer",
  ]);
  const among = "IN (SELECT value FROM json_each(?))";
  // What is in a thread has a place of its own, which does not depend on the message that the thread hangs on.
  const about = connection.query(
    `SELECT annotations.arrival FROM events CROSS JOIN annotations ON target = events.id AND annotations.channel = events.channel
     WHERE events.arrival ${among} AND annotations.kind NOT IN ('reply', 'imported') AND annotations.arrival NOT IN (SELECT value FROM json_each(?2)) LIMIT ?3`,
    ["integer"],
  );
  const filed = connection.query(
    `SELECT events.id, target FROM annotations CROSS JOIN events ON events.arrival = annotations.arrival
     WHERE annotations.arrival ${among}`,
    ["eventId", "eventId"],
  );
  const destroy = connection.query(
    `UPDATE events SET salt = NULL, payload = NULL WHERE arrival ${among} AND payload IS NOT NULL RETURNING id`,
    ["eventId"],
  );
  const expired = connection.command(`DELETE FROM expiries WHERE arrival ${among}`);
  // A number bound to a statement is no integer to SQLite, and these settings take nothing else.
  const configure = (setting: "secure-delete" | keyof typeof usual, value: number) =>
    connection.command(`INSERT INTO search (search, rank) VALUES ('${setting}', ${value})`);
  const sweepLater = [
    configure("secure-delete", 0),
    configure("automerge", sweep.automerge),
    configure("usermerge", sweep.usermerge),
    configure("crisismerge", sweep.crisismerge),
  ];
  const deleteAtOnce = [
    configure("secure-delete", 1),
    configure("automerge", usual.automerge),
    configure("usermerge", usual.usermerge),
    configure("crisismerge", usual.crisismerge),
  ];
  const mergeIndex = connection.command("INSERT INTO search (search, rank) VALUES ('merge', ?)");
  const changes = connection.query("SELECT total_changes()", ["integer"]);

  /**
   * With what is said about them, and about that: of each so many, for there may be any number. Where there are more, what they are
   * about waits for them, but for what is due itself: it goes, and is found again.
   */
  function withAnnotations(due: readonly number[]): { all: number[]; isWhole: boolean } {
    const all = new Set(due);
    let isWhole = true;
    for (let last: readonly number[] = due; last.length > 0;) {
      const more = about.all(JSON.stringify(last), JSON.stringify([...all]), annotationsPurged + 1);
      if (more.length > annotationsPurged) {
        isWhole = false;
        if (last !== due) for (const arrival of last) all.delete(arrival);
      }
      last = more.slice(0, annotationsPurged).map(([arrival]) => arrival);
      for (const arrival of last) all.add(arrival);
    }
    return { all: [...all], isWhole };
  }

  /** @param done those that need not be found again */
  function destroyAll(arrivals: readonly number[], done: readonly number[]): Omit<Purged, "more"> {
    const all = JSON.stringify(arrivals);
    const shown = projections.timeline.removeArrivals(all);
    projections.search.removeArrivals(all);
    const annotations = filed.all(all);
    projections.annotations.removeAnnotations(annotations.map(([id]) => id));
    projections.blobNames.removeArrivals(all);
    expired.run(JSON.stringify(done));
    const events = destroy.all(all).map(([id]) => id);
    const gone = new Set<EventId>(events);
    const targets = new Set(annotations.map(([, target]) => target));
    return { events, shown, targets: [...targets].filter((target) => !gone.has(target)) };
  }

  function sweeping(texts: number, work: () => void): void {
    const isSweep = texts >= manyPurged;
    if (isSweep) for (const setting of sweepLater) setting.run();
    work();
    if (isSweep) {
      mergeIndex.run(mergedPages);
      for (const setting of deleteAtOnce) setting.run();
    }
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

  /** The log is emptied a little with every slice, not much with some. */
  function slice<T>(work: () => T): T {
    connection.execute(`PRAGMA wal_autocheckpoint = ${purgePagesBeforeCheckpoint}`);
    try {
      return connection.transaction(work);
    } finally {
      connection.execute(`PRAGMA wal_autocheckpoint = ${walPagesBeforeCheckpoint}`);
    }
  }

  return {
    sweeping,
    purgeDue: (now, limit) =>
      slice(() => {
        const found = due.all(now, limit).map(([arrival]) => arrival);
        let purged: Omit<Purged, "more"> = { events: [], shown: [], targets: [] };
        const { all, isWhole } = withAnnotations(found);
        const waiting = new Set(isWhole ? [] : found);
        const done = all.filter((arrival) => !waiting.has(arrival));
        if (all.length > 0) sweeping(all.length, () => (purged = destroyAll(all, done)));
        return { ...purged, more: found.length === limit || !isWhole };
      }),

    settlePurge() {
      const started = performance.now();
      while (meta.traces() > traces.log) {
        slice(mergeSome);
        if (performance.now() - started > sweepMs) return "more";
      }
      if (meta.traces() === traces.none) return "done";
      if (!emptyLog()) return "busy";
      connection.transaction(() => meta.setTraces(traces.none));
      return "done";
    },
  };
}
