/** What the in-memory network imitates of the real one; the same values as the libp2p adapter's where both have them. */

/** How long a dial waits at one address: a phone waking up on Wi-Fi answers in 1–2 s, a person gives up at about 10. */
export const dialTimeoutMs = 5_000;
/** How long a silent link is believed to be alive: two missed pings. */
export const deadLinkMs = 10_000;
/** The two ends of a cut link do not notice in the same moment. */
export const noticeSpreadMs = 1_000;
/** `drained` is reported when a queue that was above this falls below it. */
export const drainedBelowBytes = 64 * 1024;
/** How long a close waits for the other side to take what was queued. */
export const closeTimeoutMs = 2_000;
/** What leaves a link of limited bandwidth in one piece. */
export const pieceBytes = 16 * 1024;
/** How often the round trip is measured again. */
export const rttIntervalMs = 20_000;
/** How often a device looks around on its local network. */
export const discoveryIntervalMs = 10_000;
