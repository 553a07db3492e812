/** How sync paces itself (spec/06-sync.md). These are choices of one node; the sizes that both must keep are in protocol's limits. */

/** Content of one `events` frame: large enough to amortise a frame, small enough not to hold up a ping. */
export const eventsFrameBytes = 48 * 1024;
/** `fetch`es under way on one link and space (spec/06-sync.md). */
export const concurrentFetches = 4;
/** Rows or records of one frame, by their encoded size. */
export const rowsFrameBytes = 96 * 1024;
/** Events asked for before the first are here: about 600 kB in flight on one link. */
export const initialCredit = 1024;
/** Topped up when half is used, so that the sender never idles for a round trip. */
export const creditStep = initialCredit / 2;
/** What one request may have outstanding, whatever a peer allows. */
export const maxCredit = 4 * initialCredit;
/** `want`s under way on one link; each is one channel. */
export const concurrentWants = 4;
/** What a peer may have under way with us before it is not keeping to the protocol. */
export const concurrentServes = 64;
/** Wanted events up to this number are looked up one feed after another; above, the channel is walked. */
export const lookUpAtMost = 2048;
/** Events read from the store at a time while walking a channel. */
export const walkPage = 256;
/** Announcements of what came from others are gathered this long. */
export const announceDelayMs = 50;
/** Both greetings must be done by then. */
export const greetingTimeoutMs = 10_000;
/** Ids asked for on one link and not answered yet; more wait for the next exchange. */
export const concurrentGets = 4096;
/** Ids a peer said it does not hold, kept so that it is not asked for them again. */
export const absentIds = 1024;
/** A `want` for which nothing came for this long no longer keeps other peers from being asked for the same. */
export const fetchTimeoutMs = 10_000;
/** No feed gets there: two events a second for ten thousand years. What is said to be held beyond is passed over. */
export const plausibleSeq = 2 ** 40;
/** Of one feed, what is counted as missing: what a peer says it holds is not proved yet. */
export const countedMissing = 100_000;
/** And no more feeds and ranges than this are looked at to count it. */
export const countedRanges = 4096;
/** What is served waits while this much is on its way: a megabyte keeps a fast link busy and a slow one's queue short. */
export const windowBytes = 1024 * 1024;
/** After catching up, how long until both sides' digests are looked at again: longer than live events need to cross. */
export const quietMs = 2_000;
/** Exchanges of what is new lose nothing as far as is known; that nothing was lost is seen to again after this long. */
export const compareAgainMs = 24 * 60 * 60_000;
/** A device that shares no space with this one, and no invite, is let go after this long. */
export const strangerMs = 60_000;
/** Feeds one peer may name: what it says it holds is kept in memory. */
export const feedsOfPeer = 65_536;
/** And ranges of all these: some 16 MB. Beyond, of each feed the newest one is enough to go on with. */
export const rangesOfPeer = 262_144;
/** Proofs of invites that are checked on one link; each costs three signatures. */
export const proofsOfPeer = 32;
/** A removal, and the cuts that say what of the removed member stands, come one after another. */
export const goodbyeMs = 1_000;
