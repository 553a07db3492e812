import { describe, expect, test } from "vitest";
import { sampleHeader } from "../test/samples.ts";
import { decodeHeader, encodeHeader, hasCriticalExtension, isControl } from "./header.ts";
import { type ChannelId, type DeviceId, type EventId, zeroId } from "./ids.ts";
import { limits } from "./limits.ts";

const id = (digit: string) => digit.repeat(64) as EventId & ChannelId & DeviceId;

describe("header", () => {
  test("with everything as large as it may be fits its limit", () => {
    const largest = encodeHeader({
      ...sampleHeader,
      seq: Number.MAX_SAFE_INTEGER,
      deps: "12345678".split("").map(id),
      ctl: "1234".split("").map(id),
      hlc: (1n << 63n) - 1n,
      kind: "k".repeat(limits.kind),
      expires: 2 ** 47 - 1,
      payloadLength: limits.payload,
      ext: new Map([["pad", new Uint8Array(249)]]),
    });
    expect(decodeHeader(largest).ok).toBe(true);
    expect(largest.length).toBeLessThanOrEqual(limits.header);
  });

  test("is of the control log when its channel is the space", () => {
    expect(isControl(sampleHeader)).toBe(false);
    expect(isControl({ ...sampleHeader, channel: sampleHeader.space })).toBe(true);
    expect(isControl({ space: zeroId, channel: zeroId })).toBe(true);
  });

  test("tells critical extensions from others", () => {
    expect(hasCriticalExtension(sampleHeader)).toBe(false);
    expect(hasCriticalExtension({ ...sampleHeader, ext: new Map([["note!", 1]]) })).toBe(false);
    expect(hasCriticalExtension({ ...sampleHeader, ext: new Map([["note", 1], ["!wait", 1]]) })).toBe(true);
  });

  test("says what is wrong with it", () => {
    const refused = (changes: Partial<typeof sampleHeader>) => decodeHeader(encodeHeader({ ...sampleHeader, ...changes }));
    expect(refused({ seq: 0 })).toEqual({ ok: false, error: "header: seq 0" });
    expect(refused({ prev: zeroId })).toEqual({ ok: false, error: "header: prev and seq do not fit" });
    expect(refused({ ctl: [] })).toEqual({ ok: false, error: "header: no control heads" });
    expect(refused({ channel: sampleHeader.space, deps: [id("1")] })).toEqual({
      ok: false,
      error: "header: deps in the control log",
    });
  });

  test("cannot be written with an id that is none", () => {
    expect(() => encodeHeader({ ...sampleHeader, auth: "z".repeat(64) as EventId })).toThrow(RangeError);
  });
});
