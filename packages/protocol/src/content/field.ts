/** Field codecs of the content kinds (spec/12-content.md), beside those of the control kinds. */
import * as read from "../cbor/read.ts";
import { type CborMap, type CborValue, FormatError } from "../cbor/value.ts";
import type { Field } from "../control/field.ts";
import { type BlobId, idToBytes } from "../ids.ts";
import { limits } from "../limits.ts";

/** A key that may be left out: undefined then. */
export const optional = <T>(field: Field<T>): Field<T | undefined> => ({
  write: (value) => field.write(value as T),
  read: (value) => (value === undefined ? undefined : field.read(value)),
});

/** Text that is not only white space, as spec/03-events.md counts it. */
export const visible = (most: number): Field<string> => ({
  write: (value) => value,
  read(value) {
    const text = read.textOf(value, 1, most);
    if (text.trim() === "") throw new FormatError("only white space");
    return text;
  },
});

/** One line of visible text: without any of the characters that Unicode breaks lines at. */
export const line = (most: number): Field<string> => ({
  write: (value) => value,
  read(value) {
    const text = visible(most).read(value);
    if (/[\n-\r\u0085\u2028\u2029]/.test(text)) throw new FormatError("more than one line");
    return text;
  },
});

export const markdown: Field<string> = visible(limits.messageText);

/** Only ever true: what is not so is left out. */
export const yes: Field<true> = {
  write: (value) => value,
  read(value) {
    if (value !== true) throw new FormatError("not true");
    return true;
  },
};

/** Different texts. */
export const texts = (least: number, most: number, text: Field<string>): Field<string[]> => ({
  write: (value) => value,
  read(value) {
    const found = read.list(value, most).map((item) => text.read(item));
    if (found.length < least) throw new FormatError(`fewer than ${least}`);
    if (new Set(found).size !== found.length) throw new FormatError("the same twice");
    return found;
  },
});

export const uintBelow = (bound: number): Field<number> => ({ write: (value) => value, read: (value) => read.uint(value, bound - 1) });

/** Anything but white space, control characters and ASCII letters: what counts as an emoji changes with every version of Unicode. */
export const emoji: Field<string> = {
  write: (value) => value,
  read(value) {
    const text = read.textOf(value, 1, limits.emoji);
    // oxlint-disable-next-line no-control-regex -- they are what is refused
    if (/[\s\u0000-\u001f\u007f-\u009fA-Za-z]/.test(text)) throw new FormatError("not an emoji");
    return text;
  },
};

/** Indexes of a poll's options, ascending. */
export const choices: Field<number[]> = {
  write: (value) => value,
  read(value) {
    const found = read.list(value, limits.pollOptions).map((item) => read.uint(item, limits.pollOptions - 1));
    if (found.some((choice, i) => i > 0 && choice <= found[i - 1]!)) throw new FormatError("not in ascending order");
    return found;
  },
};

export const itemName: Field<string> = {
  write: (value) => value,
  read(value) {
    const text = read.textOf(value, 1, 32);
    if (!/^[a-z0-9]+$/.test(text)) throw new FormatError("not an item's name");
    return text;
  },
};

/** What helps to show a file before it is here; its author's word, not to be believed. */
export interface FileShape {
  width?: number;
  height?: number;
  /** Milliseconds. */
  duration?: number;
  /** A small picture of it: [blob, size]. */
  thumb?: [blob: BlobId, size: number];
  /** Loudness along a voice message: 1 to 64 of 0–255. */
  wave?: number[];
  voice?: true;
  /** What it shows, in words, for those who do not see it. */
  alt?: string;
}

/** [name, media type, size in bytes, id of the blob, shape] */
export type FileEntry = [name: string, type: string, size: number, blob: BlobId, shape: FileShape];

const typeForm = /^[a-z0-9.+/-]{1,100}$/;
// oxlint-disable-next-line no-control-regex -- they are what is refused
const nameForm = /^(?!\.{1,2}$)[^/\\\u0000-\u001f\u007f-\u009f]{1,255}$/;

const shapeFields: { [N in keyof FileShape]-?: (value: CborValue) => FileShape[N] } = {
  width: (value) => positive(value, 65_535),
  height: (value) => positive(value, 65_535),
  duration: (value) => read.time(value),
  thumb: (value) => {
    const [blob, size] = read.tuple(value, 2);
    return [read.id<BlobId>(blob), positive(size, limits.thumb)];
  },
  wave: (value) => {
    const found = read.bytesUpTo(value, 64);
    if (found.length === 0) throw new FormatError("an empty wave");
    return [...found];
  },
  voice: (value) => yes.read(value),
  alt: readAlt,
};

export const files: Field<FileEntry[]> = {
  write: (value) => value.map(([name, type, size, blob, shape]) => [name, type, size, idToBytes(blob), writeShape(shape)]),
  read(value) {
    const found = read.list(value, limits.filesOfMessage).map(readFile);
    if (found.length === 0) throw new FormatError("no files");
    return found;
  },
};

function readFile(value: CborValue): FileEntry {
  const [name, type, size, blob, shape] = read.tuple(value, 5);
  const called = read.textOf(name, 1, 255);
  if (!nameForm.test(called)) throw new FormatError("not a file's name");
  const media = read.textOf(type, 1, 100);
  if (!typeForm.test(media)) throw new FormatError("not a media type");
  return [called, media, positive(size, 2 ** 40), read.id<BlobId>(blob), readShape(shape)];
}

function readShape(value: CborValue | undefined): FileShape {
  const entries = read.map(value);
  const shape: Record<string, unknown> = {};
  for (const [key, readOne] of Object.entries(shapeFields)) {
    const found = entries.get(key);
    const value = found === undefined ? undefined : readOne(found);
    if (value !== undefined) shape[key] = value;
  }
  return shape as FileShape;
}

/** It came later than the format: what is none is passed over as an unknown key is, so that all take the same events for good ones. */
function readAlt(value: CborValue): string | undefined {
  const isText = typeof value === "string" && value.length >= 1 && value.length <= limits.alt;
  return isText ? value : undefined;
}

function writeShape({ thumb, wave, ...plain }: FileShape): CborMap {
  const entries = new Map<string, CborValue>(Object.entries(plain).filter(([, value]) => value !== undefined));
  if (thumb !== undefined) entries.set("thumb", [idToBytes(thumb[0]), thumb[1]]);
  if (wave !== undefined) entries.set("wave", Uint8Array.from(wave));
  return entries;
}

function positive(value: CborValue | undefined, most: number): number {
  const found = read.uint(value, most);
  if (found === 0) throw new FormatError("0 is too little");
  return found;
}
