/** The Store port on SQLite (spec/08-store.md). One store a file: what it remembers in memory knows of no other writer. */
import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { type Random, type Store, StoreError } from "@multichat/core/ports";
import { createAnnotations } from "./annotations.ts";
import { createBlobNames } from "./blob-names.ts";
import { check } from "./check.ts";
import { type Connection, createConnection } from "./connection.ts";
import { createEvents } from "./events.ts";
import { createExpiries } from "./expiries.ts";
import { createFeeds } from "./feeds.ts";
import { incarnationBytes } from "./limits.ts";
import { createMeta, type Meta } from "./meta.ts";
import { createNames } from "./names.ts";
import { openDatabase } from "./open-database.ts";
import { createPurge } from "./purge.ts";
import { createRecords } from "./records.ts";
import { createSearch } from "./search.ts";
import { createSettings } from "./settings.ts";
import { createSpaces } from "./spaces.ts";
import { createTimeline } from "./timeline.ts";

export interface SqliteStoreOptions {
  /** The database file, made if there is none; ":memory:" keeps everything in memory. */
  path: string;
  /** For the incarnation of a new database; the system's randomness if not given. */
  random?: Random;
}

/** @throws StoreError if the file cannot be opened, is damaged, or was made by a newer release */
export function createSqliteStore({ path, random }: SqliteStoreOptions): Store {
  const database = openDatabase(path);
  try {
    return createStoreOn(
      database,
      random ?? { bytes: (length) => new Uint8Array(randomBytes(length)) },
    );
  } catch (error) {
    database.close();
    throw error;
  }
}

/** On a database that is open and up to date. */
export function createStoreOn(database: DatabaseSync, random: Random): Store {
  const connection = createConnection(database);
  const meta = createMeta(connection);
  const names = createNames(connection);
  const feeds = createFeeds(connection, names);
  const events = createEvents(connection, meta, names, feeds);
  const annotations = createAnnotations(connection, names, feeds);
  const search = createSearch(connection, names);
  const blobNames = createBlobNames(connection, names);
  const timeline = createTimeline(connection, names, feeds);
  const expiries = createExpiries(connection, names);
  const emptyLog = (): boolean => emptyLogOf(connection, meta);
  const purge = createPurge(
    connection,
    meta,
    { timeline, annotations, search, blobNames },
    emptyLog,
  );
  const { deleteSpace, ...spaces } = createSpaces(connection, meta, names, events);
  const forget = (): void => {
    for (const part of [names, feeds, events, timeline]) part.forget();
  };
  connection.onRollback(forget);
  const incarnation = meta.incarnation() ?? firstIncarnation(connection, meta, random);
  markOpen(connection, meta);

  return {
    incarnation,
    transaction: connection.transaction,
    ...spaces,
    dropSpace: (space) =>
      connection.transaction(() => {
        purge.sweeping(search.countOf(space), () => deleteSpace(space));
        forget();
        // What was deleted also stands in the log.
        connection.afterCommit(emptyLog);
      }),
    putEvents: events.putEvents,
    dropPayloads: (ids) =>
      connection.transaction(() => {
        purge.sweeping(ids.length, () => {
          events.dropPayloads(ids);
          annotations.removeAnnotations(ids);
          search.removeSearch(ids);
        });
        blobNames.remove(ids);
      }),
    event: events.event,
    hasEvent: events.hasEvent,
    eventsAt: events.eventsAt,
    channelEvents: events.channelEvents,
    eventsBefore: events.eventsBefore,
    arrivedAfter: events.arrivedAfter,
    feedEvents: events.feedEvents,
    holdings: events.holdings,
    lastArrival: events.lastArrival,
    ...timeline,
    ...annotations,
    ...search,
    ...expiries,
    purgeDue: purge.purgeDue,
    settlePurge: purge.settlePurge,
    ...blobNames.methods,
    ...createRecords(connection, () => events.nextArrival() - 1),
    ...createSettings(connection),
    check: () => check(connection),
    close() {
      if (!database.isOpen) return;
      // What a bug has interrupted never happened.
      connection.abandon();
      try {
        meta.setOpen(false);
      } catch (error) {
        // A full or damaged disk must not keep a node from stopping; the next start finds the mark and looks at the log.
        if (!(error instanceof StoreError)) throw error;
      }
      connection.close();
    },
  };
}

function firstIncarnation(connection: Connection, meta: Meta, random: Random): Uint8Array {
  const incarnation = random.bytes(incarnationBytes);
  connection.transaction(() => meta.setIncarnation(incarnation));
  return incarnation;
}

/** Puts the mark into the file itself, not only into its log: it is there to be found when the log is not. */
function markOpen(connection: Connection, meta: Meta): void {
  try {
    connection.transaction(() => meta.setOpen(true));
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)");
  } catch (error) {
    // Without room for the mark a lost log would go unnoticed; refusing to show what there is would be worse.
    if (!(error instanceof StoreError && error.code === "full")) throw error;
  }
}

/** @returns whether it is empty; else somebody reads, and it goes with a later checkpoint */
function emptyLogOf(connection: Connection, meta: Meta): boolean {
  try {
    // The file is marked closed meanwhile: an empty log is right for now.
    connection.transaction(() => meta.setOpen(false));
    const busy = connection.withoutWaiting(
      () =>
        connection
          .query("PRAGMA wal_checkpoint(TRUNCATE)", ["integer", "integer", "integer"])
          .get()![0],
    );
    return busy === 0;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return false;
  } finally {
    markOpen(connection, meta);
  }
}
