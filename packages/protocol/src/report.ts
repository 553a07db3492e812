/** The records `report` and `report-done` (spec/07-records-and-invites.md, Reports): sealed for the devices of those who moderate. */
import { encode } from "./cbor/encode.ts";
import { ascending, bytesOf, bytesUpTo, id, list, readAs, textOf, time, tuple } from "./cbor/read.ts";
import { type DeviceId, type EventId, idToBytes } from "./ids.ts";
import { limits } from "./limits.ts";
import type { Result } from "./result.ts";

export interface SealedReport {
  /** Ascending by device. */
  boxes: { device: DeviceId; enc: Uint8Array; wrapped: Uint8Array }[];
  ciphertext: Uint8Array;
}

export interface ReportContent {
  /** The message that is reported. */
  message: EventId;
  reason: string;
}

/** What is sealed: room for the reason, and little else. */
const ciphertextBytes = 4096;

export function encodeReport({ boxes, ciphertext }: SealedReport): Uint8Array {
  return encode([boxes.map(({ device, enc, wrapped }) => [idToBytes(device), enc, wrapped]), ciphertext]);
}

export function decodeReport(bytes: Uint8Array): Result<SealedReport> {
  return readAs("report", bytes, (value) => {
    const [rows, ciphertext] = tuple(value, 2);
    const boxes = list(rows, limits.reportBoxes).map((row) => {
      const [device, enc, wrapped] = tuple(row, 3);
      return { device: id<DeviceId>(device), enc: bytesOf(enc, 32), wrapped: bytesOf(wrapped, 48) };
    });
    ascending(boxes.map(({ device }) => idToBytes(device)));
    return { boxes, ciphertext: bytesUpTo(ciphertext, ciphertextBytes) };
  });
}

export function encodeReportContent({ message, reason }: ReportContent): Uint8Array {
  return encode([idToBytes(message), reason]);
}

export function decodeReportContent(bytes: Uint8Array): Result<ReportContent> {
  return readAs("report content", bytes, (value) => {
    const [message, reason] = tuple(value, 2);
    return { message: id<EventId>(message), reason: textOf(reason, 0, limits.reportReason) };
  });
}

/** @param at when it was settled, ms */
export function encodeReportDone(at: number): Uint8Array {
  return encode(at);
}

export function decodeReportDone(bytes: Uint8Array): Result<number> {
  return readAs("report-done", bytes, time);
}
