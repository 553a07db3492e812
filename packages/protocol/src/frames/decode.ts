/** Frames, in (spec/06-sync.md): everything is checked here, so that sync can trust what it gets. */
import { bytesOf, bytesUpTo, flag, id, ids, list, nullOr, readAs, textOf, time, tuple, uint } from "../cbor/read.ts";
import { type CborValue, FormatError } from "../cbor/value.ts";
import { readEvent } from "../event.ts";
import { deviceStepNames, logOf, peersOf } from "../device-step.ts";
import { decodedOnce } from "../decoded-once.ts";
import { chunkSize } from "../content/blob.ts";
import type { AccountId, BlobId, ChannelId, DeviceId, EventId, SpaceId } from "../ids.ts";
import { limits } from "../limits.ts";
import { readRanges, readSignedRecord } from "../record.ts";
import { type Result, fail } from "../result.ts";
import {
  type ArrivalPoint,
  type Frame,
  type FrameOf,
  type FrameType,
  type HoldingsRow,
  admissionCodes,
  blobParts,
  byeCodes,
  closeCodes,
  frameNumbers,
} from "./frame.ts";

const typeByNumber = new Map<CborValue, FrameType>(
  Object.entries(frameNumbers).map(([type, number]) => [number, type as FrameType]),
);

export const decodeFrame = decodedOnce((bytes): Result<Frame> => {
  if (bytes.length > limits.frame) return fail(`frame: more than ${limits.frame} bytes`);
  return readAs("frame", bytes, (value) => {
    const [number, ...rest] = list(value, 16);
    const type = typeByNumber.get(number ?? null);
    if (type === undefined) throw new FormatError("unknown number");
    const reader = readers[type] as (fields: readonly CborValue[]) => Frame;
    return reader(rest);
  });
});

const alias = (value: CborValue | undefined): number => uint(value, limits.aliases - 1);
const tag = (value: CborValue | undefined): Uint8Array => bytesOf(value, 16);
const idList = (value: CborValue | undefined): EventId[] => list(value, limits.page).map((item) => id<EventId>(item));

function code<T extends string>(value: CborValue | undefined, known: readonly T[]): T {
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw new FormatError("unknown code");
  return found;
}

function point(incarnation: CborValue | undefined, arrival: CborValue | undefined): ArrivalPoint {
  return { incarnation: bytesOf(incarnation, 16), arrival: uint(arrival) };
}

function row(value: CborValue): HoldingsRow {
  const f = tuple(value, 5);
  const ranges = readRanges(f[2]);
  if (ranges.length === 0) throw new FormatError("a row that holds nothing");
  return { channel: id<ChannelId>(f[0]), device: id<DeviceId>(f[1]), ranges, tip: id<EventId>(f[3]), forks: ids<EventId>(f[4], 2) };
}

const readers: { [T in FrameType]: (fields: readonly CborValue[]) => FrameOf<T> } = {
  hello(fields) {
    const f = tuple(fields, 4);
    return {
      type: "hello",
      versions: list(f[0], 16).map((version) => uint(version)),
      nonce: bytesOf(f[1], 16),
      time: time(f[2]),
      agent: textOf(f[3], 0, limits.agent),
    };
  },
  tags(fields) {
    const tags = list(tuple(fields, 1)[0], limits.tags).map(tag);
    if (tags.length % 8 !== 0) throw new FormatError("tags that were not filled up");
    return { type: "tags", tags };
  },
  open(fields) {
    const f = tuple(fields, 8);
    return {
      type: "open",
      tag: tag(f[0]),
      alias: alias(f[1]),
      here: point(f[2], f[3]),
      since: nullOr(f[4], (value) => {
        const [incarnation, arrival] = tuple(value, 2);
        return point(incarnation, arrival);
      }),
      heads: ids<EventId>(f[5], limits.page),
      digest: bytesOf(f[6], 32),
      yours: list(f[7], limits.page).map((tip) => {
        const [channel, seq, event] = tuple(tip, 3);
        const place = { channel: id<ChannelId>(channel), seq: uint(seq), id: id<EventId>(event) };
        if (place.seq < 1) throw new FormatError("seq 0");
        return place;
      }),
    };
  },
  close(fields) {
    const f = tuple(fields, 3);
    return { type: "close", alias: alias(f[0]), code: code(f[1], closeCodes), text: textOf(f[2], 0, limits.reason) };
  },
  holdings(fields) {
    const f = tuple(fields, 5);
    const rows = list(f[4], limits.page).map(row);
    return { type: "holdings", alias: alias(f[0]), complete: flag(f[1]), through: uint(f[2]), final: flag(f[3]), rows };
  },
  want(fields) {
    const f = tuple(fields, 5);
    const ranges = list(f[3], limits.page).map((range) => {
      const [device, from, to] = tuple(range, 3);
      const wanted = { device: id<DeviceId>(device), from: uint(from), to: uint(to) };
      if (wanted.from < 1 || wanted.to < wanted.from) throw new FormatError("an empty range");
      return wanted;
    });
    return { type: "want", alias: alias(f[0]), request: uint(f[1]), channel: id<ChannelId>(f[2]), ranges, credit: uint(f[4]) };
  },
  credit(fields) {
    const f = tuple(fields, 3);
    return { type: "credit", alias: alias(f[0]), request: uint(f[1]), credit: uint(f[2]) };
  },
  get(fields) {
    const f = tuple(fields, 3);
    return { type: "get", alias: alias(f[0]), request: uint(f[1]), ids: idList(f[2]) };
  },
  events(fields) {
    const f = tuple(fields, 3);
    return { type: "events", alias: alias(f[0]), request: uint(f[1]), events: list(f[2], limits.frame).map(readEvent) };
  },
  end(fields) {
    const f = tuple(fields, 3);
    return { type: "end", alias: alias(f[0]), request: uint(f[1]), missing: idList(f[2]) };
  },
  records(fields) {
    const f = tuple(fields, 2);
    return { type: "records", alias: alias(f[0]), records: list(f[1], limits.frame).map(readSignedRecord) };
  },
  digests(fields) {
    const f = tuple(fields, 2);
    const channels = list(f[1], limits.page).map((item) => {
      const [channel, buckets] = tuple(item, 2);
      return { channel: id<ChannelId>(channel), buckets: bytesOf(buckets, 64 * 8) };
    });
    return { type: "digests", alias: alias(f[0]), channels };
  },
  invited(fields) {
    return { type: "invited", tag: tag(tuple(fields, 1)[0]) };
  },
  join(fields) {
    const f = tuple(fields, 5);
    return {
      type: "join",
      tag: tag(f[0]),
      account: id<AccountId>(f[1]),
      certificate: bytesUpTo(f[2], limits.certificate),
      acceptance: bytesOf(f[3], 64),
      proof: bytesOf(f[4], 64),
    };
  },
  admission(fields) {
    const f = tuple(fields, 4);
    return {
      type: "admission",
      tag: tag(f[0]),
      code: code(f[1], admissionCodes),
      secret: nullOr(f[2], (value) => bytesOf(value, 32)),
      events: uint(f[3]),
    };
  },
  ping: (fields) => ({ type: "ping", value: uint(tuple(fields, 1)[0]) }),
  pong: (fields) => ({ type: "pong", value: uint(tuple(fields, 1)[0]) }),
  ephemeral(fields) {
    const f = tuple(fields, 4);
    return {
      type: "ephemeral",
      alias: alias(f[0]),
      kind: textOf(f[1], 1, limits.kind),
      ttl: uint(f[2], limits.ephemeralTtl),
      value: bytesUpTo(f[3], limits.ephemeralValue),
    };
  },
  device(fields) {
    const f = tuple(fields, 2);
    return { type: "device", step: uint(f[0], deviceStepNames.length - 1), value: bytesUpTo(f[1], limits.deviceStep) };
  },
  offer(fields) {
    const f = tuple(fields, 8);
    const heads = ids<EventId>(f[2], limits.heads);
    if (heads.length === 0) throw new FormatError("no heads");
    return {
      type: "offer",
      id: id<SpaceId>(f[0]),
      secret: bytesOf(f[1], 32),
      heads,
      peers: peersOf(f[3]),
      people: ids<AccountId>(f[4], limits.offerPeople),
      name: textOf(f[5], 0, limits.name),
      account: id<AccountId>(f[6]),
      log: logOf(f[7]),
    };
  },
  fetch(fields) {
    const f = tuple(fields, 6);
    return {
      type: "fetch",
      alias: alias(f[0]),
      request: uint(f[1]),
      blob: id<BlobId>(f[2]),
      part: code(f[3], blobParts),
      index: uint(f[4], limits.chunks - 1),
      count: uint(f[5], limits.pieces),
    };
  },
  piece(fields) {
    const f = tuple(fields, 5);
    return {
      type: "piece",
      alias: alias(f[0]),
      request: uint(f[1]),
      part: code(f[2], blobParts),
      index: uint(f[3], limits.chunks - 1),
      bytes: bytesUpTo(f[4], chunkSize),
    };
  },
  bye(fields) {
    const f = tuple(fields, 2);
    return { type: "bye", code: code(f[0], byeCodes), text: textOf(f[1], 0, limits.reason) };
  },
};
