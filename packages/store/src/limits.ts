/** The sizes SQLite works with, each with its reason. */

/** Pages kept in memory. Hot index pages of a million events fit; a node must stay small. */
export const cacheKiB = 8 * 1024;

/** How long to wait for another process (a backup, a look with a database tool) that holds the file. */
export const busyTimeoutMs = 5_000;

/**
 * Pages in the write-ahead log before they are moved into the database (16 MB). Ids are hashes, so that every event touches another
 * page of their index; the longer the log, the more often a page is moved once for several events. Four times SQLite's default
 * halves the time spent in the kernel, and the pause of the transaction that does the moving stays below 100 ms.
 */
export const walPagesBeforeCheckpoint = 4_000;

/** While much is purged, which touches each page once or twice however long the log is: some ten milliseconds instead of fifty. */
export const purgePagesBeforeCheckpoint = 1_000;

/** The log file shrinks back to this after a large transaction. */
export const walBytesKept = 32 * 1024 * 1024;

/**
 * From this many on, texts leave the full-text index in one sweep afterwards: taking each out of its pages costs several times more.
 */
export const manyPurged = 100;

/** Of what is said about messages that are purged, in one go; a member may have said anything a million times. */
export const annotationsPurged = 300;

/** Pages of the index that are merged with every slice of a purge: about as many as one adds, at each level that there is. */
export const mergedPages = 48;

/** How long the sweep may keep everything else waiting, and how many pages of the index it rewrites between two looks at the clock. */
export const sweepMs = 10;
export const sweepPages = 32;

export const incarnationBytes = 16;
