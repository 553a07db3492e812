import { limits } from "@multichat/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameDecoder, encodeFrame } from "./frame-codec.ts";

function decode(
  bytes: Uint8Array,
  cuts: readonly number[] = [],
): { frames: Uint8Array[]; problem: string | null } {
  const decoder = new FrameDecoder();
  const frames: Uint8Array[] = [];
  const edges = [
    0,
    ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b),
    bytes.length,
  ];
  for (const [i, from] of edges.slice(0, -1).entries()) {
    const problem = decoder.push(bytes.subarray(from, edges[i + 1]), (frame) => frames.push(frame));
    if (problem !== null) return { frames, problem };
  }
  return { frames, problem: null };
}

const join = (...parts: Uint8Array[]): Uint8Array => Buffer.concat(parts);

describe("frame codec", () => {
  it("gives back what was sent, however the stream was cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 10 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (sent, cuts) => {
          const { frames, problem } = decode(join(...sent.map(encodeFrame)), cuts);
          expect(problem).toBeNull();
          expect(frames.map((frame) => [...frame])).toEqual(sent.map((frame) => [...frame]));
        },
      ),
    );
  });

  it.each([0, 1, 127, 128, 16_383, 16_384, limits.frame])(
    "writes a length of %i in as few bytes as it needs",
    (length) => {
      const encoded = encodeFrame(new Uint8Array(length));
      expect(encoded.length - length).toBe(length < 128 ? 1 : length < 16_384 ? 2 : 3);
      expect(decode(encoded)).toMatchObject({ problem: null, frames: [{ length }] });
    },
  );

  it("copies: neither side sees what the other does to its buffer", () => {
    const sent = Uint8Array.of(1, 2, 3);
    const encoded = encodeFrame(sent);
    sent.fill(0);
    const { frames } = decode(encoded);
    encoded.fill(9);
    expect([...frames[0]!]).toEqual([1, 2, 3]);
  });

  it.each([
    ["one byte over the limit", [0x81, 0x80, 0x10], "262144"],
    ["far over the limit", [0xff, 0xff, 0xff], "262144"],
    ["a length that does not end", [0x80, 0x80, 0x80], "garbled"],
    ["a length in more bytes than needed", [0x80, 0x00], "garbled"],
    ["zero in three bytes", [0x80, 0x80, 0x00], "garbled"],
  ])("refuses %s", (_name, bytes, words) => {
    expect(decode(Uint8Array.from(bytes)).problem).toContain(words);
  });

  it("hands over what was whole before the garbled part", () => {
    const { frames, problem } = decode(
      join(encodeFrame(Uint8Array.of(5)), Uint8Array.of(0x80, 0x80, 0x80)),
    );
    expect(frames.map((frame) => [...frame])).toEqual([[5]]);
    expect(problem).not.toBeNull();
  });

  it("never throws on noise and never yields more than came", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (noise) => {
        const { frames } = decode(noise);
        expect(frames.reduce((sum, frame) => sum + frame.length, 0)).toBeLessThanOrEqual(
          noise.length,
        );
      }),
    );
  });
});
