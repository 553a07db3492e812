import { createVirtualClock } from "@multichat/testing/clock";
import { createMemoryStore } from "@multichat/testing/store";
import { createSeededRandom } from "@multichat/testing/random";
import { expect, test } from "vitest";
import { createWakeUp } from "./wake.ts";
import type { WakeAnswer } from "./wake-target.ts";

const minute = 60_000;
const url = "https://push.example/abc";
const browser = { endpoint: "https://push.example/send/abc", p256dh: "B".repeat(87), auth: "a".repeat(22) };
const notTaken = (why: string, more: Partial<WakeAnswer & { ok: false }> = {}): WakeAnswer => ({ ok: false, why, gone: false, retryAfterMs: null, ...more });

function world(store = createMemoryStore({ random: createSeededRandom(1) })) {
  const clock = createVirtualClock();
  const calls: number[] = [];
  const texts: string[] = [];
  const state = { watched: false, unread: 1, answer: { ok: true } as WakeAnswer };
  const started = clock.now();
  const called = (): Promise<WakeAnswer> => {
    calls.push(clock.now() - started);
    return Promise.resolve(state.answer);
  };
  const wake = createWakeUp({
    clock, store,
    now: () => clock.now(),
    isWatched: () => state.watched,
    unread: () => state.unread,
    call: {
      address(to) {
        expect(to).toBe(url);
        return called();
      },
      browser(to, key, text) {
        expect([to, key]).toMatchObject([browser, { publicKey: "public" }]);
        texts.push(text);
        return called();
      },
      newKey: () => ({ publicKey: "public", privateKey: "private" }),
    },
    changed() {},
  });
  return { clock, wake, calls, texts, state, store };
}

/** Both kinds of what is called go by the same rules. */
const kinds = [
  { what: "an address", choose: (wake: ReturnType<typeof world>["wake"]) => wake.set(url), how: (wake: ReturnType<typeof world>["wake"]) => wake.get() },
  { what: "a browser", choose: (wake: ReturnType<typeof world>["wake"]) => wake.subscribe(browser), how: (wake: ReturnType<typeof world>["wake"]) => wake.get().browsers[0]! },
];

test("nobody is called who was not chosen, nor while somebody looks here", async () => {
  const { clock, wake, calls, state } = world();
  wake.told();
  await clock.advance(minute);
  wake.set(url);
  wake.subscribe(browser);
  state.watched = true;
  wake.told();
  await clock.advance(minute);
  expect(calls).toEqual([]);
});

test.each(kinds)("$what: a flood is one call a minute, and none when all has been read meanwhile", async ({ choose, how }) => {
  const { clock, wake, calls, state } = world();
  choose(wake);
  for (let second = 0; second < 150; second++) {
    wake.told();
    await clock.advance(1_000);
  }
  expect(calls.length).toBe(3);
  expect(how(wake)).toMatchObject({ calling: false, problem: null, taken: expect.any(Number) });
  state.unread = 0;
  await clock.advance(10 * minute);
  expect(calls.length).toBe(3);
});

test.each(kinds)("$what: a failure is shown, tried again ever later, and forgotten when it works; in the end it is given up", async ({ choose, how }) => {
  const { clock, wake, calls, state } = world();
  choose(wake);
  state.answer = notTaken("It answered 503.");
  wake.told();
  await clock.advance(1_000);
  expect(how(wake)).toMatchObject({ problem: "It answered 503.", taken: null, calling: false });
  await clock.advance(6 * 60 * minute);
  expect(calls.length).toBe(8);
  const pauses = calls.slice(1).map((at, i) => at - calls[i]!);
  expect(pauses).toEqual([0.5, 1, 2, 4, 8, 16, 32].map((minutes) => minutes * minute));
  state.answer = { ok: true };
  wake.told();
  await clock.advance(61 * minute);
  expect(how(wake).problem).toBeNull();
});

test.each(kinds)("$what: who asks for patience gets it, an hour at most", async ({ choose }) => {
  const { clock, wake, calls, state } = world();
  choose(wake);
  state.answer = notTaken("It answered 429.", { retryAfterMs: 10 * minute });
  wake.told();
  await clock.advance(1_000);
  state.answer = notTaken("It answered 429.", { retryAfterMs: 365 * 24 * 60 * minute });
  await clock.advance(15 * minute);
  state.answer = { ok: true };
  await clock.advance(61 * minute);
  expect(calls).toEqual([0, 10, 70].map((minutes) => minutes * minute));
});

test("an address stays whatever it answers; another one begins anew, and what the first answers counts no more", async () => {
  const { clock, wake, calls, state } = world();
  wake.set(url);
  state.answer = notTaken("It answered 410.", { gone: true });
  wake.told();
  await clock.advance(1_000);
  expect(wake.get()).toMatchObject({ url, problem: "It answered 410." });
  wake.set(null);
  await clock.advance(60 * minute);
  expect(calls.length).toBe(1);
  expect(wake.get()).toEqual({ url: null, problem: null, calling: false, taken: null, browsers: [] });
});

test("a browser that is gone is not called again, its keys are forgotten, and it is said until it subscribes anew", async () => {
  const { clock, wake, calls, state, store } = world();
  wake.subscribe(browser);
  state.answer = notTaken("It answered 410.", { gone: true });
  wake.told();
  await clock.advance(60 * minute);
  wake.told();
  await clock.advance(60 * minute);
  expect(calls.length).toBe(1);
  expect(wake.get().browsers).toMatchObject([{ endpoint: browser.endpoint, service: "push.example", ended: true, problem: "It answered 410." }]);
  expect(JSON.stringify(store.settings(""))).not.toContain(browser.auth);
  state.answer = { ok: true };
  wake.subscribe(browser);
  wake.told();
  await clock.advance(minute);
  expect(wake.get().browsers).toMatchObject([{ ended: false, problem: null }]);
  expect(calls.length).toBe(2);
});

test("subscriptions and the key outlive a restart; one that is taken away is not called", async () => {
  const { wake, store } = world();
  const key = wake.key();
  wake.subscribe(browser);
  const again = world(store);
  expect(again.wake.key()).toBe(key);
  again.wake.told();
  await again.clock.advance(minute);
  expect(again.texts).toEqual(['{"unread":1}']);
  again.wake.unsubscribe(browser.endpoint);
  again.wake.told();
  await again.clock.advance(10 * minute);
  expect(again.texts.length).toBe(1);
  expect(again.wake.get().browsers).toEqual([]);
});

test("a test calls at once, whoever looks, and says that it is one; ten browsers are enough", async () => {
  const { clock, wake, calls, texts, state } = world();
  wake.set(url);
  wake.subscribe(browser);
  state.watched = true;
  state.unread = 0;
  wake.test();
  await clock.advance(0);
  expect(calls.length).toBe(2);
  wake.test(browser.endpoint);
  wake.test(null);
  wake.test("https://push.example/nobody");
  await clock.advance(0);
  expect([calls.length, texts]).toEqual([4, ['{"test":true}', '{"test":true}']]);
  for (let nr = 0; nr < 9; nr++) wake.subscribe({ ...browser, endpoint: `${url}/${nr}` });
  expect(() => wake.subscribe({ ...browser, endpoint: `${url}/last` })).toThrow("10 browsers");
  wake.subscribe(browser);
});
