/**
 * The seqs held of one feed as ascending, inclusive ranges that do not touch: [from, to, from, to, …]. Nearly always one range, and
 * nearly always extended at its end.
 */
export type SeqRanges = number[];

/**
 * Adds one seq in place and calls `changed` with the first seq of every range that began, ended or moved by it. An extension at the
 * very end changes no first seq and is not reported.
 */
export function addSeq(ranges: SeqRanges, seq: number, changed: (from: number) => void): void {
  const end = ranges.length;
  if (end > 0 && ranges[end - 1] === seq - 1) {
    ranges[end - 1] = seq;
    return;
  }
  const at = firstEndingAtOrAfter(ranges, seq - 1);
  const from = ranges[at];
  if (from === undefined || seq < from - 1) {
    // A range of its own. What was the highest range may now be a lower one.
    if (at === end && end > 0) changed(ranges[end - 2]!);
    ranges.splice(at, 0, seq, seq);
    changed(seq);
  } else if (seq === from - 1) {
    ranges[at] = seq;
    changed(from);
    changed(seq);
  } else if (ranges[at + 1] === seq - 1) {
    changed(from);
    if (ranges[at + 2] === seq + 1) {
      changed(seq + 1);
      ranges.splice(at + 1, 2);
    } else {
      ranges[at + 1] = seq;
    }
  }
}

/** The end of the range that begins at `from`, or null; the highest range is not looked at. */
export function lowerRangeEnd(ranges: SeqRanges, from: number): number | null {
  const at = firstEndingAtOrAfter(ranges, from);
  return at < ranges.length - 2 && ranges[at] === from ? ranges[at + 1]! : null;
}

/** The position of the first range whose end is at or above `seq`; the length if there is none. */
function firstEndingAtOrAfter(ranges: SeqRanges, seq: number): number {
  let low = 0;
  let high = ranges.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ranges[2 * middle + 1]! < seq) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

export function toPairs(ranges: SeqRanges): [from: number, to: number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < ranges.length; i += 2) pairs.push([ranges[i]!, ranges[i + 1]!]);
  return pairs;
}
