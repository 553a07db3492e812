import { describe, expect, test } from "vitest";
import { type CborValue, type EventId, decodeRootApprovals, decodeRootRequest, encode, encodeRootApprovals, encodeRootRequest, recordProblem } from "./index.ts";

const bytes = (fill: number, length = 32): Uint8Array => new Uint8Array(length).fill(fill);
const request = { generation: 2, next: bytes(7), heads: ["01".repeat(32), "02".repeat(32)] as EventId[], seq: 9 };

describe("a root-request", () => {
  test("says which rotation is asked for and where it is to stand, or that nothing is asked any more", () => {
    expect(decodeRootRequest(encodeRootRequest(request))).toEqual({ ok: true, value: request });
    expect(decodeRootRequest(encodeRootRequest(null))).toEqual({ ok: true, value: null });
  });

  const heads = [bytes(1), bytes(2)];
  test.each<[string, CborValue]>([
    ["of the first generation, which nothing rotates to", [0, bytes(7), heads, 9]],
    ["without heads", [2, bytes(7), [], 9]],
    ["with five heads", [2, bytes(7), [1, 2, 3, 4, 5].map((fill) => bytes(fill)), 9]],
    ["with heads out of order", [2, bytes(7), heads.toReversed(), 9]],
    ["at seq 0", [2, bytes(7), heads, 0]],
    ["with a commitment of 31 bytes", [2, bytes(7, 31), heads, 9]],
    ["with a field too many", [2, bytes(7), heads, 9, 0]],
  ])("%s is refused", (_why, value) => {
    expect(decodeRootRequest(encode(value))).toMatchObject({ ok: false });
    expect(recordProblem({ scope: "aa", account: "bb", device: "cc", type: "root-request", key: new Uint8Array(0), hlc: 1n, value: encode(value) } as never)).not.toBeNull();
  });
});

describe("a root-approval", () => {
  test("holds signatures by key, ascending however they are given", () => {
    const [one, two]: [Uint8Array, Uint8Array][] = [[bytes(1), bytes(3, 64)], [bytes(2), bytes(4, 64)]];
    expect(decodeRootApprovals(encodeRootApprovals([two!, one!]))).toEqual({ ok: true, value: [one, two] });
  });

  test.each<[string, CborValue]>([
    ["without a signature", []],
    ["of the same key twice", [[bytes(1), bytes(3, 64)], [bytes(1), bytes(4, 64)]]],
    ["of nine keys", Array.from({ length: 9 }, (_, i) => [bytes(i), bytes(3, 64)])],
    ["with a signature of 63 bytes", [[bytes(1), bytes(3, 63)]]],
  ])("%s is refused", (_why, value) => {
    expect(decodeRootApprovals(encode(value))).toMatchObject({ ok: false });
  });
});
