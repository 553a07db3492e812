/** What a film says of itself (`moov`): where, when and with what it was taken goes; what it is played from stays, in its place. */
import { blank, type Box, boxesIn, textAt, viewOf } from "./boxes.ts";

/** Boxes that hold nothing else, and room that may hold what was there before. */
const told: ReadonlySet<string> = new Set(["udta", "meta", "uuid", "free", "skip"]);
const containers: ReadonlySet<string> = new Set(["mdia", "minf"]);
/** Times of making and changing stand behind version and flags in each of them. */
const timed: ReadonlySet<string> = new Set(["mvhd", "tkhd", "mdhd"]);
/** What is seen, heard and read; all other tracks are the camera's: its place and movement through the film. */
const played: ReadonlySet<string> = new Set([
  "vide",
  "soun",
  "text",
  "sbtl",
  "subt",
  "clcp",
  "tmcd",
  // Of pictures that move, and what of them is see-through.
  "pict",
  "auxv",
]);

export interface Range {
  at: number;
  length: number;
}

/**
 * @param moov the box with its header, which is changed
 * @returns where in the file the camera's own tracks lie. Null: it is not understood
 */
export function stripFilm(moov: Uint8Array<ArrayBuffer>): Range[] | null {
  const [box] = boxesIn(moov, 0, moov.length) ?? [];
  const children = box && boxesIn(moov, box.body, box.end);
  if (!children) return null;
  const tracks: Range[] = [];
  for (const child of children) {
    // Packed: what is in it cannot be told.
    if (child.type === "cmov") return null;
    if (child.type !== "trak") {
      clean(moov, child);
      continue;
    }
    const handler = handlerOf(moov, child);
    if (handler === null) return null;
    if (!played.has(handler)) {
      const samples = samplesOf(moov, child);
      if (!samples) return null;
      tracks.push(...samples);
      blank(moov, child);
    } else if (!cleanAll(moov, child)) return null;
  }
  return tracks;
}

function cleanAll(bytes: Uint8Array, { body, end }: Box): boolean {
  const children = boxesIn(bytes, body, end);
  for (const child of children ?? []) {
    if (containers.has(child.type) ? !cleanAll(bytes, child) : (clean(bytes, child), false))
      return false;
  }
  return children !== null;
}

function clean(bytes: Uint8Array, box: Box): void {
  if (told.has(box.type)) blank(bytes, box);
  else if (timed.has(box.type)) {
    const from = box.body + 4;
    bytes.fill(0, from, from + (bytes[box.body] === 1 ? 16 : 8));
  }
}

function handlerOf(bytes: Uint8Array, track: Box): string | null {
  const handler = find(bytes, track, "mdia", "hdlr");
  return handler && textAt(bytes, handler.body + 8, 4);
}

/** The chunks in which a track's samples lie. */
function samplesOf(bytes: Uint8Array, track: Box): Range[] | null {
  const table = find(bytes, track, "mdia", "minf", "stbl");
  const [sizes, runs] = [table && find(bytes, table, "stsz"), table && find(bytes, table, "stsc")];
  const short = table && find(bytes, table, "stco");
  const places = short ?? (table && find(bytes, table, "co64"));
  if (!sizes || !runs || !places) return null;
  const view = viewOf(bytes);
  const [every, count] = [view.getUint32(sizes.body + 4), view.getUint32(sizes.body + 8)];
  const runCount = view.getUint32(runs.body + 4);
  const ranges: Range[] = [];
  let [sample, run] = [0, 0];
  for (let chunk = 0; chunk < view.getUint32(places.body + 4); chunk++) {
    const runAt = (which: number) => runs.body + 8 + 12 * which;
    while (run + 1 < runCount && view.getUint32(runAt(run + 1)) <= chunk + 1) run++;
    const last = Math.min(count, sample + view.getUint32(runAt(run) + 4));
    const from = places.body + 8;
    const at = short
      ? view.getUint32(from + 4 * chunk)
      : Number(view.getBigUint64(from + 8 * chunk));
    let length = every * (last - sample);
    if (every === 0)
      for (; sample < last; sample++) length += view.getUint32(sizes.body + 12 + 4 * sample);
    sample = last;
    if (length > 0) ranges.push({ at, length });
  }
  return ranges;
}

function find(bytes: Uint8Array, { body, end }: Box, ...path: string[]): Box | null {
  const [name, ...rest] = path;
  const found = boxesIn(bytes, body, end)?.find(({ type }) => type === name) ?? null;
  return found && rest.length > 0 ? find(bytes, found, ...rest) : found;
}
