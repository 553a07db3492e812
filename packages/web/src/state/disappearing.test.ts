/** What disappears leaves every corner of the page at its time, also after the computer slept or its clock was set. */
import type { Message } from "@multichat/client/contract";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { aMessage } from "../../test/a-message.ts";
import { followExpiry } from "./disappearing.ts";
import type { App, AppState } from "./store.ts";
import { emptyTimeline } from "./timeline.ts";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const hour = 3_600_000;
const short = aMessage({ id: "short", time: 1, expires: 1_000_000 + 8 * hour });
const stays = aMessage({ id: "stays", time: 2 });

function page(state: Partial<AppState>) {
  const empty = {
    timelines: {},
    roots: {},
    replying: {},
    sheet: null,
    editing: null,
    changes: {},
    spaces: {},
  };
  const store = createStore(() => ({ ...empty, ...state }) as AppState);
  followExpiry({ store } as unknown as App);
  return store;
}

const timeline = (...messages: Message[]) => ({ channel: { ...emptyTimeline, messages } });

test("it is answered, edited and looked at no further", async () => {
  const store = page({
    timelines: timeline(short, stays),
    replying: { channel: short, other: stays },
    editing: { message: "short", timeline: "channel", text: "half" },
    sheet: { kind: "history", message: short },
  });
  await vi.advanceTimersByTimeAsync(8 * hour - 1);
  expect(store.getState()).toMatchObject({ editing: { message: "short" }, sheet: { kind: "history" } });
  await vi.advanceTimersByTimeAsync(1);
  const { timelines, replying, editing, sheet } = store.getState();
  expect(timelines["channel"]!.messages).toEqual([stays]);
  expect({ replying, editing, sheet }).toEqual({
    replying: { other: stays },
    editing: null,
    sheet: null,
  });
});

test("what is open of one that is loaded nowhere goes too, and of others stays", async () => {
  const store = page({ replying: { channel: short }, sheet: { kind: "seen", message: stays } });
  await vi.advanceTimersByTimeAsync(8 * hour);
  expect(store.getState().replying).toEqual({});
  expect(store.getState().sheet).toEqual({ kind: "seen", message: stays });
});

test("a clock that jumped is noticed within a minute", async () => {
  const store = page({ timelines: timeline(short, stays) });
  await vi.advanceTimersByTimeAsync(1_000);
  // Timers do not count the time that a computer slept.
  vi.setSystemTime(1_000_000 + 9 * hour);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(store.getState().timelines["channel"]!.messages).toEqual([stays]);
});

test("nothing is waited for where nothing disappears", async () => {
  const store = page({ timelines: timeline(stays) });
  expect(vi.getTimerCount()).toBe(0);
  store.setState({ timelines: timeline(stays, short) });
  expect(vi.getTimerCount()).toBe(1);
  store.setState({ timelines: timeline(stays) });
  expect(vi.getTimerCount()).toBe(0);
});
