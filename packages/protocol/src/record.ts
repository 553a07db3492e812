/** Records (spec/07-records-and-invites.md): small signed values of which only the newest counts. */
import { encode } from "./cbor/encode.ts";
import { bytesOf, bytesUpTo, id, list, readAs, textOf, tuple, uint, uint63 } from "./cbor/read.ts";
import { type CborValue, FormatError } from "./cbor/value.ts";
import type { Hlc } from "./hlc.ts";
import { type AccountId, type DeviceId, idFromBytes, idLength, idToBytes } from "./ids.ts";
import { limits } from "./limits.ts";
import type { Result } from "./result.ts";
import { fromHex, toHex } from "./hex.ts";

export interface RecordBody {
  /** A space id or an account id. */
  scope: string;
  account: AccountId;
  device: DeviceId;
  type: string;
  key: Uint8Array;
  hlc: Hlc;
  value: Uint8Array;
}

const version = 1;
const typeForm = /^[a-z0-9.-]{1,32}$/;

/** @throws RangeError for what no reader takes: a mistake of the caller. */
export function encodeRecord(record: RecordBody): Uint8Array {
  const bytes = encode([
    version,
    fromHex(record.scope),
    idToBytes(record.account),
    idToBytes(record.device),
    record.type,
    record.key,
    record.hlc,
    record.value,
  ]);
  const read = decodeRecord(bytes);
  if (!read.ok) throw new RangeError(`a record of the type "${record.type}" that nobody would take: ${read.error}`);
  return bytes;
}

export function decodeRecord(bytes: Uint8Array): Result<RecordBody> {
  return readAs("record", bytes, (value) => {
    if (list(value, 8)[0] !== version) throw new FormatError("unknown version");
    const f = tuple(value, 8);
    const type = textOf(f[4], 1, limits.recordType);
    if (!typeForm.test(type)) throw new FormatError("not a record type's name");
    return {
      scope: toHex(bytesOf(f[1], idLength)),
      account: id<AccountId>(f[2]),
      device: id<DeviceId>(f[3]),
      type,
      key: bytesUpTo(f[5], limits.recordKey),
      hlc: uint63(f[6]),
      value: bytesUpTo(f[7], limits.recordValue),
    };
  });
}

export interface SignedRecord {
  record: Uint8Array;
  signature: Uint8Array;
}

export function signedRecordValue(signed: SignedRecord): CborValue {
  return [signed.record, signed.signature];
}

/** For use inside other formats. @throws FormatError */
export function readSignedRecord(value: CborValue | undefined): SignedRecord {
  const [record, signature] = tuple(value, 2);
  return { record: bytesUpTo(record, limits.record), signature: bytesOf(signature, 64) };
}

/** Types of which each device has its own value; of the others the whole account has one. */
export const perDeviceTypes: ReadonlySet<string> = new Set(["addresses", "ack", "account-entry"]);

export function encodeAddresses(addresses: readonly string[]): Uint8Array {
  return encode([...addresses]);
}

export function decodeAddresses(bytes: Uint8Array): Result<string[]> {
  return readAs("addresses", bytes, (value) =>
    list(value, limits.addresses).map((address) => textOf(address, 1, limits.address)),
  );
}

/** Inclusive seq ranges held of each device's feed in one channel. */
export type AckValue = { device: DeviceId; ranges: [from: number, to: number][] }[];

export function encodeAck(value: AckValue): Uint8Array {
  const sorted = [...value].sort((a, b) => (a.device < b.device ? -1 : 1));
  return encode(sorted.map(({ device, ranges }) => [idToBytes(device), ranges.flat()]));
}

export function decodeAck(bytes: Uint8Array): Result<AckValue> {
  return readAs("acknowledgement", bytes, (value) => {
    let previous = "";
    return list(value, limits.recordValue).map((row) => {
      const [device, ranges] = tuple(row, 2);
      const named = idFromBytes<DeviceId>(bytesOf(device, idLength));
      if (named <= previous) throw new FormatError("not in ascending order");
      previous = named;
      return { device: named, ranges: readRanges(ranges) };
    });
  });
}

/** Leaves room for other records in the frame that an acknowledgement travels in. */
const ackBytes = 48 * 1024;
/** Ranges of each feed that are named, the fewer the more there is to name. */
const ackRanges = [limits.ranges, 64, 16, 4, 1] as const;

/**
 * As much of this, given by last arrival, newest first, as one record holds well: the newest ranges of every feed, and
 * if not even the last range of each fits, the feeds in which something arrived last.
 */
export function fittingAck(value: AckValue): AckValue {
  for (const most of ackRanges) {
    let bytes = 0;
    const fitting: AckValue = [];
    for (const { device, ranges } of value) {
      const row = { device, ranges: ranges.slice(-most) };
      bytes += encodeAck([row]).length;
      if (bytes > ackBytes) break;
      fitting.push(row);
    }
    if (fitting.length === value.length || most === 1) return fitting;
  }
  return [];
}

/** [from, to, from, to, …]: inclusive, ascending, not touching. @throws FormatError */
export function readRanges(value: CborValue | undefined): [number, number][] {
  const flat = list(value, 2 * limits.ranges).map((item) => uint(item));
  if (flat.length % 2 !== 0) throw new FormatError("half a range");
  const ranges: [number, number][] = [];
  let last = -1; // seq counts from 1, so the first range cannot touch it
  for (let i = 0; i < flat.length; i += 2) {
    const [from, to] = [flat[i]!, flat[i + 1]!];
    if (from < 1 || to < from || from <= last + 1) throw new FormatError("ranges that are empty, touch or overlap");
    ranges.push([from, to]);
    last = to;
  }
  return ranges;
}
