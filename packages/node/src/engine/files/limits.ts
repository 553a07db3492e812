/** What becomes of files without anybody asking. */

/** Fetched as soon as somebody sends them: pictures and voice messages, so that they are there when they are looked at, and with several members. */
export const unaskedBytes = 8 * 1024 * 1024;
/** Unless they are older than this: who joins does not fetch all there ever was. */
export const unaskedMs = 7 * 24 * 60 * 60_000;
/** What was handed over and sent with no message is let go after this long: drafts may lie for a while. */
export const unsentMs = 7 * 24 * 60 * 60_000;
/** How often is looked for what can go. */
export const sweepMs = 60 * 60_000;
/** What was named last in a space and is looked for at the start. */
export const resumedNames = 2_000;
