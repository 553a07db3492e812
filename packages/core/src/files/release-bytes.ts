/**
 * Giving memory back at once. What buffers hold counts towards the limit at which V8 collects garbage, and a file that passes by
 * would reach it every few megabytes: most of the work of moving one would be marking everything else there is.
 */

/** Frees bytes that nobody reads any more, with whatever else is in their buffer. */
export function releaseBytes({ buffer }: Uint8Array): void {
  (buffer as ArrayBuffer).transfer(0);
}
