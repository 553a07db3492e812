/**
 * Brings a database made by any earlier release up to date. A migration that was released is never edited: a change is a new one
 * at the end. The number of those applied stands in the file's header as user_version.
 */
import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "@multichat/core/ports";
import { fileAgain, teachFiling } from "./annotations-again.ts";
import { applicationId, schema } from "./schema.ts";
import { damaged, translated } from "./sqlite-error.ts";

export interface Migration {
  /** What it is for, as an error message names it. */
  name: string;
  sql: string;
}

export const migrations: readonly Migration[] = [
  { name: "first tables", sql: `PRAGMA application_id = ${applicationId}; ${schema}` },
  {
    // The highest arrival number given out when the record was put. Of those that were there before, nobody is known to have any.
    name: "when records came",
    sql: `ALTER TABLE records ADD COLUMN arrival INTEGER NOT NULL DEFAULT 0;
      UPDATE records SET arrival = ifnull((SELECT max(arrival) FROM events), 0);`,
  },
  {
    // An event may stand in its channel and in a thread. unread: 0, 1, or 2 for one that calls this account.
    name: "threads and mentions",
    sql: `DROP INDEX timeline_event; DROP INDEX timeline_unread;
      CREATE UNIQUE INDEX timeline_event ON timeline (arrival, channel);
      CREATE INDEX timeline_unread ON timeline (channel, time) WHERE unread > 0;
      CREATE INDEX timeline_mentions ON timeline (channel, time) WHERE unread = 2;`,
  },
  {
    // stamp: hlc (8 bytes, big-endian) and id of the annotation, so that the order of the bytes is the order of the annotations.
    // annotated: the newest stamp of each kind about each target, which a walk over all annotations would have to look for.
    name: "annotations",
    sql: `
      CREATE TABLE annotations (
        target BLOB NOT NULL, kind TEXT NOT NULL, slot TEXT NOT NULL, author BLOB NOT NULL, stamp BLOB NOT NULL,
        arrival INTEGER NOT NULL,
        PRIMARY KEY (target, kind, slot, author, stamp)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX annotations_event ON annotations (arrival);
      CREATE INDEX annotations_order ON annotations (target, kind, stamp);
      CREATE TABLE annotated (
        channel INTEGER NOT NULL, kind TEXT NOT NULL, target BLOB NOT NULL, stamp BLOB NOT NULL,
        PRIMARY KEY (channel, kind, target)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX annotated_order ON annotated (channel, kind, stamp);`,
  },
  {
    // position: the display time made unique, so that the newest first is the order of the index itself. terms: what searches are
    // narrowed by, as words nobody can type.
    name: "search",
    sql: `
      CREATE TABLE search_rows (
        position INTEGER PRIMARY KEY, arrival INTEGER NOT NULL UNIQUE, text TEXT NOT NULL, terms TEXT NOT NULL
      ) STRICT;
      CREATE VIRTUAL TABLE search USING fts5 (
        text, terms, content = 'search_rows', content_rowid = 'position',
        tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
      );
      INSERT INTO search (search, rank) VALUES ('secure-delete', 1);`,
  },
  {
    name: "expiry",
    sql: `
      CREATE TABLE expiries (arrival INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
      CREATE INDEX expiries_time ON expiries (at);`,
  },
  {
    // unnamed_blobs: those that lost a name; what else names them is looked at when they are to be removed.
    name: "blobs",
    sql: `
      CREATE TABLE blob_names (
        blob BLOB NOT NULL, arrival INTEGER NOT NULL, space INTEGER NOT NULL, size INTEGER NOT NULL, thumb INTEGER NOT NULL,
        PRIMARY KEY (blob, arrival)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX blob_names_event ON blob_names (arrival);
      CREATE INDEX blob_names_space ON blob_names (space);
      CREATE TABLE unnamed_blobs (blob BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
      CREATE TRIGGER blob_unnamed AFTER DELETE ON blob_names BEGIN INSERT OR IGNORE INTO unnamed_blobs (blob) VALUES (old.blob); END;`,
  },
  {
    // owner: the author, or empty where the newest word of anybody counts. stands: the newest in its slot, and takes nothing back.
    // reactions: those that count, and how many people there are to each emoji. annotated: only what stands.
    name: "what stands of annotations",
    sql: `
      DROP INDEX annotations_event; DROP INDEX annotations_order;
      ALTER TABLE annotations RENAME TO annotations_before;
      CREATE TABLE annotations (
        target BLOB NOT NULL, channel INTEGER NOT NULL, kind TEXT NOT NULL, owner BLOB NOT NULL, slot TEXT NOT NULL, stamp BLOB NOT NULL,
        author BLOB NOT NULL, sort TEXT, stands INTEGER NOT NULL, arrival INTEGER NOT NULL,
        PRIMARY KEY (target, channel, kind, owner, slot, stamp)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX annotations_event ON annotations (arrival);
      CREATE INDEX annotations_order ON annotations (target, channel, kind, owner, sort, stamp) WHERE stands = 1;
      CREATE INDEX annotations_time ON annotations (target, channel, kind, stamp) WHERE stands = 1;
      CREATE TABLE reactions (
        target BLOB NOT NULL, channel INTEGER NOT NULL, emoji TEXT NOT NULL, stamp BLOB NOT NULL, author BLOB NOT NULL,
        PRIMARY KEY (channel, target, emoji, stamp)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX reactions_author ON reactions (channel, target, author, emoji);
      CREATE TABLE reaction_counts (
        target BLOB NOT NULL, channel INTEGER NOT NULL, emoji TEXT NOT NULL, people INTEGER NOT NULL, first BLOB NOT NULL,
        PRIMARY KEY (channel, target, emoji)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX reaction_counts_order ON reaction_counts (channel, target, people DESC, first);
      ${fileAgain}
      DROP TABLE annotations_before;`,
  },
];

/** @throws StoreError `newer` for a database of a newer release, `full` without room for it, `damaged` if a migration fails otherwise; the file is then as it was */
export function migrate(database: DatabaseSync, steps: readonly Migration[] = migrations): void {
  const version = userVersion(database);
  refuseNewer(version, steps.length);
  if (version === steps.length) return;
  database.exec("BEGIN IMMEDIATE");
  let step = version;
  teachFiling(database);
  try {
    for (; step < steps.length; step++) database.exec(steps[step]!.sql);
    database.exec(`PRAGMA user_version = ${steps.length}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    const known = translated(error);
    if (known instanceof StoreError && known.code === "full") throw known;
    const name = steps[step]?.name ?? "the new version number";
    throw damaged(`the database could not be brought up to date (${name})`, error);
  }
}

/** @param version a database's `user_version` @throws StoreError `newer` */
export function refuseNewer(version: number, known = migrations.length): void {
  if (version <= known) return;
  throw new StoreError(
    "newer",
    `This data folder was last used by a newer Multichat: its database has version ${version}, and this one knows ${known}. Update Multichat; nothing was changed.`,
  );
}

function userVersion(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()!["user_version"]);
}
