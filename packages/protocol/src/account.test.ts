import { describe, expect, test } from "vitest";
import { type EntryBody, decodeAccountEntry, decodeSignedEntry, encodeAccountEntry, encodeSignedEntry, revokeReasons } from "./account.ts";
import type { AccountId, DeviceId } from "./ids.ts";

const entry = (body: EntryBody) => ({ account: "a".repeat(64) as AccountId, parents: [], hlc: 5n, body });

describe("account entries", () => {
  test.each(revokeReasons)("keep the reason %s, as its number", (reason) => {
    const made = entry({ type: "device.revoke", device: "b".repeat(64) as DeviceId, reason });
    const encoded = encodeAccountEntry(made);
    expect(encoded.at(-1)).toBe(revokeReasons.indexOf(reason));
    expect(decodeAccountEntry(encoded)).toEqual({ ok: true, value: made });
  });

  test("take one to four signatures, each key once and in order", () => {
    const pairs = (...keys: number[]) =>
      encodeSignedEntry({
        entry: new Uint8Array(1),
        signatures: keys.map((key) => ({ key: new Uint8Array(32).fill(key), signature: new Uint8Array(64) })),
      });
    for (const keys of [[1], [1, 2, 3, 4]]) expect(decodeSignedEntry(pairs(...keys)).ok).toBe(true);
    for (const keys of [[], [1, 2, 3, 4, 5], [2, 1], [1, 1]]) expect(decodeSignedEntry(pairs(...keys)).ok).toBe(false);
  });
});
