/** What a push looks like from outside (spec/14-notifications.md, Web Push). */

/** Every push is as long as any other: its length says nothing of what is in it. Push services take 4,096 bytes. */
export const paddedBytes = 256;

/** A push service keeps what it cannot bring yet for as long, seconds: after a day it is no news. */
export const keptSeconds = 24 * 60 * 60;

/** A signed claim holds for as long, seconds: at most a day is allowed. */
export const claimSeconds = 12 * 60 * 60;
