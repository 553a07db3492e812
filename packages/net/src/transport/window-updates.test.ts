import { expect, test } from "vitest";
import { transportLimits } from "./limits.ts";
import { gatherWindowUpdates } from "./window-updates.ts";

const full = 256 * 1024;

/** Of yamux's stream what matters here: an update fills the window up again. */
function stream(state: number) {
  const updates: number[] = [];
  const it = {
    state,
    recvWindow: full,
    recvWindowCapacity: full,
    sendWindowUpdate() {
      updates.push(it.recvWindow - it.recvWindowCapacity);
      it.recvWindowCapacity = it.recvWindow;
    },
  };
  gatherWindowUpdates(it);
  function read(bytes: number): void {
    it.recvWindowCapacity -= bytes;
    it.sendWindowUpdate();
  }
  return { it, read, updates };
}

test("small messages are told of together, and every byte once", () => {
  const { it, read, updates } = stream(3);
  for (let i = 0; i < 1000; i++) read(400);
  const told = updates.reduce((sum, bytes) => sum + bytes, 0);
  expect(updates.length).toBe(Math.floor((1000 * 400) / transportLimits.windowUpdateBytes));
  expect(told + it.recvWindow - it.recvWindowCapacity).toBe(1000 * 400);
});

test("a large one is told of at once", () => {
  const { read, updates } = stream(3);
  read(transportLimits.windowUpdateBytes);
  expect(updates).toEqual([transportLimits.windowUpdateBytes]);
});

test("an update that opens or answers a stream goes out though nothing was read", () => {
  const { it, updates } = stream(0);
  it.sendWindowUpdate();
  expect(updates).toEqual([0]);
});

test("a stream of another make is not taken for one", () => {
  expect(() => gatherWindowUpdates({ sendWindowUpdate() {} })).toThrow("built in another way");
});
