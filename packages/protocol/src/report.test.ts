import { expect, test } from "vitest";
import { encode } from "./cbor/encode.ts";
import { type DeviceId, type EventId, idFromBytes, idToBytes } from "./ids.ts";
import { limits } from "./limits.ts";
import { decodeReport, decodeReportContent, decodeReportDone, encodeReport, encodeReportContent, encodeReportDone } from "./report.ts";

const device = (name: number): DeviceId => idFromBytes<DeviceId>(new Uint8Array(32).fill(name));
const box = (name: number) => ({ device: device(name), enc: new Uint8Array(32), wrapped: new Uint8Array(48) });
const message = idFromBytes<EventId>(new Uint8Array(32).fill(9));

test("a report is what was sealed, for devices in ascending order", () => {
  const report = { boxes: [box(1), box(2)], ciphertext: new Uint8Array(100).fill(3) };
  expect(decodeReport(encodeReport(report))).toEqual({ ok: true, value: report });
  for (const boxes of [[box(2), box(1)], [box(1), box(1)]]) expect(decodeReport(encodeReport({ ...report, boxes })).ok).toBe(false);
});

test("a report holds no more boxes, and no more in them, than it may", () => {
  const boxes = Array.from({ length: limits.reportBoxes + 1 }, (_, i) => box(i));
  expect(decodeReport(encodeReport({ boxes, ciphertext: new Uint8Array(1) })).ok).toBe(false);
  expect(decodeReport(encodeReport({ boxes: boxes.slice(1), ciphertext: new Uint8Array(4097) })).ok).toBe(false);
  expect(decodeReport(encode([[[idToBytes(device(1)), new Uint8Array(31), new Uint8Array(48)]], new Uint8Array(1)])).ok).toBe(false);
});

test("what is sealed names a message and may give a reason", () => {
  for (const reason of ["", "rude"]) expect(decodeReportContent(encodeReportContent({ message, reason }))).toEqual({ ok: true, value: { message, reason } });
  expect(decodeReportContent(encodeReportContent({ message, reason: "x".repeat(limits.reportReason + 1) })).ok).toBe(false);
});

test("a settled report says when", () => {
  expect(decodeReportDone(encodeReportDone(1_700_000_000_000))).toEqual({ ok: true, value: 1_700_000_000_000 });
  expect(decodeReportDone(encode("then")).ok).toBe(false);
});
