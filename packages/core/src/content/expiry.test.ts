import type { ChannelId } from "@multichat/protocol";
import { expect, test } from "vitest";
import type { ControlState } from "../control/state.ts";
import { expiryOf } from "./expiry.ts";

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
