import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { decodeFrame } from "./decode.ts";
import { encodeFrame } from "./encode.ts";
import { type Frame, frameNumbers } from "./frame.ts";

const event = { header: new Uint8Array(0), signature: new Uint8Array(64), salt: new Uint8Array(16), payload: new Uint8Array(65_000) };
const carrying = (count: number): Frame => ({ type: "events", alias: 0, request: 0, events: Array.from({ length: count }, () => event) });

describe("frames", () => {
  test("are numbered without a gap, each number once", () => {
    expect(Object.values(frameNumbers)).toEqual(Object.keys(frameNumbers).map((_, i) => i));
  });

  test("may be as large as the limit and no larger", () => {
    const fits = encodeFrame(carrying(4));
    const tooLarge = encodeFrame(carrying(5));
    expect(fits.length).toBeLessThan(limits.frame);
    expect(decodeFrame(fits).ok).toBe(true);
    expect(decodeFrame(tooLarge)).toEqual({ ok: false, error: `frame: more than ${limits.frame} bytes` });
  });

  test("are read with codes that nobody sends, too", () => {
    for (const code of ["wrong-rules", "stopped"] as const) {
      const frame: Frame = { type: "close", alias: 0, code, text: "" };
      expect(decodeFrame(encodeFrame(frame))).toEqual({ ok: true, value: frame });
    }
  });

  test("with the most rows, ranges or ids fit a frame", () => {
    const ids = Array.from({ length: limits.page }, (_, i) => i.toString(16).padStart(64, "0")) as never[];
    const rows = ids.map((device) => ({ channel: device, device, ranges: [[1, 9] as [number, number]], tip: device, forks: [] }));
    const full: Frame[] = [
      { type: "get", alias: 0, request: 1, ids },
      { type: "end", alias: 0, request: 1, missing: ids },
      { type: "holdings", alias: 0, complete: true, through: 1, final: true, rows },
      { type: "want", alias: 0, request: 1, channel: ids[0]!, ranges: ids.map((device) => ({ device, from: 1, to: 9 })), credit: 1 },
    ];
    for (const frame of full) expect(decodeFrame(encodeFrame(frame))).toEqual({ ok: true, value: frame });
  });
});
