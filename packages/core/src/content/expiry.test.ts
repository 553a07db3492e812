import type { ChannelId } from "@multichat/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ControlState } from "../control/state.ts";
import { dueBefore, expiryOf } from "./expiry.ts";

const channel = "c".repeat(64) as ChannelId;
const second = 1n << 16n;
const written = (id: string, value: string) => ({ fact: { id, header: { hlc: 1_000n * second }, control: { kind: "channel.set", payload: { value } } } });

test("of two retentions of one moment the same counts, in whatever order they came", () => {
  const writes = [written("a", "100"), written("b", "50")];
  const found = [writes, writes.toReversed()].map((standing) => {
    const registers = { of: (key: string) => (key.startsWith(channel) ? standing : []) };
    const state = { judged: { acts: { registers }, genesis: { policy: new Map() } } } as unknown as ControlState;
    return expiryOf(state, { channel, hlc: 2_000n * second, expires: 0 });
  });
  expect(found).toEqual([52_000, 52_000]);
});

test("what was stamped before is due, and nothing else, whatever was said about how long messages stay", () => {
  const change = fc.record({ at: fc.integer({ min: 1, max: 40 }), seconds: fc.integer({ min: 0, max: 20 }) });
  const changes = fc.array(change, { maxLength: 4 });
  fc.assert(
    fc.property(changes, changes, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 60 }), (policy, own, first, now) => {
      const standing = (all: typeof policy) =>
        all.map(({ at, seconds }, nr) => ({ fact: { id: String(nr), header: { hlc: BigInt(at * 1000) * second }, control: { kind: "channel.set", payload: { value: String(seconds) } } } }));
      const registers = { of: (key: string) => standing(key.startsWith(channel) ? own : policy) };
      const state = { judged: { acts: { registers }, genesis: { policy: new Map([["retention", first]]) } } } as unknown as ControlState;
      const before = dueBefore(state, channel, now * 1000);
      for (let at = 0; at <= 60; at++) {
        const hlc = BigInt(at * 1000) * second + BigInt(at % 3);
        const expiry = expiryOf(state, { channel, hlc, expires: 0 });
        expect(hlc < before).toBe(expiry !== null && expiry <= now * 1000);
      }
    }),
  );
});
