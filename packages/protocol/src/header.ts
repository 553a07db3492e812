/** The event header (spec/03-events.md): what is signed, hashed and chained. */
import { encode, encodeWith } from "./cbor/encode.ts";
import { bytesOf, id, ids, list, map, readAs, time, tuple, uint, uint63 } from "./cbor/read.ts";
import { type CborMap, type CborValue, FormatError } from "./cbor/value.ts";
import { decodedOnce } from "./decoded-once.ts";
import type { Hlc } from "./hlc.ts";
import { type ChannelId, type DeviceId, type EventId, type SpaceId, zeroId } from "./ids.ts";
import { limits } from "./limits.ts";
import { type Result, fail, ok } from "./result.ts";

export interface Header {
  space: SpaceId;
  channel: ChannelId;
  device: DeviceId;
  /** From 1. */
  seq: number;
  prev: EventId;
  /** Ascending, ≤ 8. */
  deps: EventId[];
  /** Ascending, ≤ 4. */
  ctl: EventId[];
  auth: EventId;
  hlc: Hlc;
  kind: string;
  /** A time in ms, or 0. */
  expires: number;
  payloadLength: number;
  payloadHash: Uint8Array;
  ext: CborMap;
}

const version = 1;
const fieldCount = 15;
const kindForm = /^[a-z0-9.-]{1,64}$/;

export function encodeHeader(header: Header): Uint8Array {
  return encodeWith((out) => {
    out.array(fieldCount);
    out.uint(version);
    out.hex(header.space);
    out.hex(header.channel);
    out.hex(header.device);
    out.uint(header.seq);
    out.hex(header.prev);
    out.array(header.deps.length);
    for (const id of header.deps) out.hex(id);
    out.array(header.ctl.length);
    for (const id of header.ctl) out.hex(id);
    out.hex(header.auth);
    out.uint(header.hlc);
    out.text(header.kind);
    out.uint(header.expires);
    out.uint(header.payloadLength);
    out.bytes(header.payloadHash);
    out.map(header.ext);
  });
}

export const decodeHeader = decodedOnce((bytes): Result<Header> => {
  if (bytes.length > limits.header) return fail(`header: more than ${limits.header} bytes`);
  const header = readAs("header", bytes, read);
  if (!header.ok) return header;
  const problem = contradiction(header.value);
  return problem === null ? ok(header.value) : fail(`header: ${problem}`);
});

function read(value: CborValue): Header {
  const [first] = list(value, fieldCount);
  if (first !== version) throw new FormatError("unknown version");
  const f = tuple(value, fieldCount);
  return {
    space: id<SpaceId>(f[1]),
    channel: id<ChannelId>(f[2]),
    device: id<DeviceId>(f[3]),
    seq: uint(f[4]),
    prev: id<EventId>(f[5]),
    deps: ids<EventId>(f[6], limits.deps),
    ctl: ids<EventId>(f[7], limits.heads),
    auth: id<EventId>(f[8]),
    hlc: uint63(f[9]),
    kind: kindOf(f[10]),
    expires: time(f[11]),
    payloadLength: uint(f[12], limits.payload),
    payloadHash: bytesOf(f[13], 32),
    ext: extOf(f[14]),
  };
}

function kindOf(value: CborValue | undefined): string {
  if (typeof value !== "string" || !kindForm.test(value)) throw new FormatError("not a kind's name");
  return value;
}

function extOf(value: CborValue | undefined): CborMap {
  const ext = map(value);
  if (ext.size > 0 && encode(ext).length > limits.ext) throw new FormatError(`ext: more than ${limits.ext} bytes`);
  return ext;
}

/** What the fields say of each other, or null when they agree. */
function contradiction(header: Header): string | null {
  if (header.seq < 1) return "seq 0";
  if ((header.seq === 1) !== (header.prev === zeroId)) return "prev and seq do not fit";
  const genesis = header.space === zeroId;
  if (genesis !== (header.kind === "genesis")) return "kind and space do not fit";
  if (genesis && (header.channel !== zeroId || header.seq !== 1 || header.auth !== zeroId)) return "not a genesis";
  if (genesis !== (header.ctl.length === 0)) return genesis ? "a genesis with heads" : "no control heads";
  if (!genesis && header.channel === zeroId) return "no channel";
  if (isControl(header) && header.deps.length > 0) return "deps in the control log";
  return null;
}

/** Control events are those of the channel named like the space. */
export function isControl(header: Pick<Header, "space" | "channel">): boolean {
  return header.channel === header.space;
}

/** Unknown critical extensions make an event one of an unknown kind. */
export function hasCriticalExtension(header: Header): boolean {
  for (const key of header.ext.keys()) if (key.startsWith("!")) return true;
  return false;
}
