/** Hybrid logical clock stamps (spec/01-encoding.md, spec/03-events.md): 48-bit milliseconds ‖ 16-bit counter, below 2^63. */
export type Hlc = bigint;

/** The first stamp of a millisecond. */
export function hlcAt(ms: number): Hlc {
  return BigInt(Math.max(0, Math.floor(ms))) << 16n;
}

export function hlcTime(hlc: Hlc): number {
  return Number(hlc >> 16n);
}

/** A stamp of now, later than all of `seen`; the counter carries into the milliseconds. */
export function nextHlc(now: number, seen: Iterable<Hlc>): Hlc {
  let next = hlcAt(now);
  for (const hlc of seen) if (hlc >= next) next = hlc + 1n;
  return next;
}
