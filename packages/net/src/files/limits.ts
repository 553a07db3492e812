/** How files are fetched (spec/06-sync.md, Files). These are choices of one node; what both sides must keep is in protocol's limits. */

/** Pieces of one request: half a megabyte, so that several members can share in a file and a cut loses little. */
export const piecesOfRequest = 4;
/** Requests under way with one device; the protocol's bound. */
export const requestsOfDevice = 4;
/** Pieces of one blob under way or being written: 2 MiB keep a fast link busy, and are all the memory that a file of any size takes. */
export const piecesUnderWay = 16;
/** Blobs that are fetched at the same time, and of these such that nobody is waiting for. */
export const fetchedAtOnce = 4;
export const fetchedUnasked = 2;
/** A request for which nothing came for this long is asked of somebody else. */
export const pieceTimeoutMs = 10_000;
/** When nobody who is there has it: until they are asked again, longer each time. */
export const retryFirstMs = 5_000;
export const retryMostMs = 10 * 60_000;
/** Progress is told no more often than this. */
export const progressMs = 250;
