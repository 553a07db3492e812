import { createVirtualClock } from "@multichat/testing/clock";
import { expect, test } from "vitest";
import { createWakeUp } from "./wake.ts";

const minute = 60_000;
const url = "https://push.example/abc";

function world() {
  const clock = createVirtualClock();
  const settings = new Map<string, string>();
  const calls: number[] = [];
  const state = { watched: false, unread: true, failure: null as string | null };
  const wake = createWakeUp({
    clock,
    store: {
      setting: (key) => settings.get(key) ?? null,
      putSetting: (key, value) => void (value === null ? settings.delete(key) : settings.set(key, value)),
      transaction: (work) => work(),
    },
    isWatched: () => state.watched,
    isUnread: () => state.unread,
    async call(to) {
      expect(to).toBe(url);
      calls.push(clock.now() - started);
      if (state.failure !== null) throw new Error(state.failure);
    },
    changed() {},
  });
  const started = clock.now();
  return { clock, wake, calls, state };
}

test("nobody is called without an address, nor while somebody looks here", async () => {
  const { clock, wake, calls, state } = world();
  wake.told();
  await clock.advance(minute);
  wake.set(url);
  state.watched = true;
  wake.told();
  await clock.advance(minute);
  expect(calls).toEqual([]);
});

test("a flood is one call a minute, and none when all has been read meanwhile", async () => {
  const { clock, wake, calls, state } = world();
  wake.set(url);
  for (let second = 0; second < 150; second++) {
    wake.told();
    await clock.advance(1_000);
  }
  expect(calls.length).toBe(3);
  state.unread = false;
  await clock.advance(10 * minute);
  expect(calls.length).toBe(3);
});

test("a failure is shown, tried again ever later, and forgotten when it works; in the end it is given up", async () => {
  const { clock, wake, calls, state } = world();
  wake.set(url);
  state.failure = "It answered 503.";
  wake.told();
  await clock.advance(1_000);
  expect(wake.get()).toEqual({ url, problem: "It answered 503." });
  await clock.advance(6 * 60 * minute);
  expect(calls.length).toBe(8);
  const pauses = calls.slice(1).map((at, i) => at - calls[i]!);
  expect(pauses).toEqual([0.5, 1, 2, 4, 8, 16, 32].map((minutes) => minutes * minute));
  state.failure = null;
  wake.told();
  await clock.advance(61 * minute);
  expect(wake.get()).toEqual({ url, problem: null });
});

test("another address begins anew, and what the first one answers counts no more", async () => {
  const { clock, wake, calls, state } = world();
  wake.set(url);
  state.failure = "It answered 500.";
  wake.told();
  await clock.advance(1_000);
  wake.set(null);
  await clock.advance(60 * minute);
  expect(calls.length).toBe(1);
  expect(wake.get()).toEqual({ url: null, problem: null });
});
