import type { Delivery, Message, Push } from "@multichat/client/contract";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aMessage } from "../../test/a-message.ts";
import { changeMessage } from "./change-timeline.ts";
import { takeGathered } from "./gathering.ts";
import { letGoAbove, mostLoaded } from "./loading.ts";
import { listen } from "./pushes.ts";
import type { Outgoing } from "./sending.ts";
import { createAppStore, type App, type AppState } from "./store.ts";
import { emptyTimeline } from "./timeline.ts";

const noStorage = { getItem: () => null, setItem: () => undefined };
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("localStorage", noStorage);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

interface Page {
  app: App;
  push(push: Push): void;
  texts(key?: string): string[];
}

/** A page that shows channel "a", and has "b" and the thread at "root" loaded. */
function aPage(state: Partial<AppState> = {}): Page {
  const listeners: [string, (data: never) => void][] = [];
  const store = createAppStore({
    route: { at: "space", space: "s", channel: "a", pane: null },
    settingsAt: null,
    linked: null,
  });
  const loaded = { ...emptyTimeline, hasOlder: false };
  const timelines = { a: loaded, b: loaded, root: { ...loaded, thread: { channel: "a" } } };
  store.setState({ link: "open", timelines, roots: { m3: message(3) }, ...state });
  const client = {
    on: (name: string, listener: (data: never) => void) => void listeners.push([name, listener]),
  };
  const app = { store, client } as unknown as App;
  listen(app, () => undefined);
  return {
    app,
    push({ push, data }) {
      for (const [name, listener] of listeners) if (name === push) listener(data as never);
    },
    texts: (key = "a") => store.getState().timelines[key]!.messages.map(({ text }) => text),
  };
}

function message(place: number, of: Partial<Message> = {}): Message {
  return aMessage({ id: `m${place}`, time: place, channel: "a", text: `text ${place}`, ...of });
}

function messages(
  all: readonly Message[],
  of: { channel?: string; thread?: string | null } = {},
): Push {
  return { push: "messages", data: { channel: "a", thread: null, ...of, messages: [...all] } };
}

test("what comes singly is shown at once", () => {
  const { push, texts } = aPage();
  for (let place = 0; place < 20; place++) {
    push(messages([message(place)]));
    expect(texts()).toHaveLength(place + 1);
    vi.advanceTimersByTime(50);
  }
});

test("a flood is drawn a few times a second, and all of it is there soon after its end", () => {
  const { app, push, texts } = aPage();
  let draws = 0;
  app.store.subscribe((now, before) => void (draws += Number(now.timelines !== before.timelines)));
  for (let place = 0; place < 1_000; place++) {
    push(messages([message(place)]));
    vi.advanceTimersByTime(5);
  }
  expect(draws).toBeLessThan(20);
  vi.advanceTimersByTime(500);
  expect(texts()).toEqual(Array.from({ length: 1_000 }, (_, place) => `text ${place}`));
});

test("what somebody writes is shown at once in a flood, with all that came before it", () => {
  const sent = {
    key: "outgoing-1",
    channel: "a",
    text: "mine",
    more: {},
    files: [],
    mentions: [],
    time: 0,
    state: "sending",
    until: 0,
    problem: null,
  } satisfies Outgoing;
  const { app, push, texts } = aPage({ outgoing: { a: [sent] } });
  push(messages([message(1)]));
  push(messages([message(2)]));
  expect(texts()).toEqual(["text 1"]);
  push(messages([message(3, { own: true, text: "mine" })]));
  expect(texts()).toEqual(["text 1", "text 2", "mine"]);
  expect(app.store.getState().outgoing["a"]).toEqual([]);
});

test("of a channel that nobody looks at no more is kept than where somebody scrolls", () => {
  const { app, push, texts } = aPage();
  const flood = Array.from({ length: 3 * mostLoaded }, (_, place) =>
    message(place, { channel: "b" }),
  );
  for (let from = 0; from < flood.length; from += 100)
    push(messages(flood.slice(from, from + 100), { channel: "b" }));
  vi.advanceTimersByTime(500);
  expect(texts("b")).toEqual(flood.slice(-mostLoaded).map(({ text }) => text));
  expect(app.store.getState().timelines["b"]?.hasOlder).toBe(true);
});

test("what is shown is let go only where the person reads along at its end, and no page is on its way", () => {
  const { app, push, texts } = aPage();
  push(messages(Array.from({ length: 2 * mostLoaded }, (_, place) => message(place))));
  expect(texts()).toHaveLength(2 * mostLoaded);
  const { timelines } = app.store.getState();
  app.store.setState({ timelines: { ...timelines, a: { ...timelines["a"]!, loading: "older" } } });
  letGoAbove(app, "a");
  expect(texts()).toHaveLength(2 * mostLoaded);
  app.store.setState({ timelines });
  letGoAbove(app, "a");
  expect(texts()).toHaveLength(mostLoaded);
  expect(texts().at(-1)).toBe(`text ${2 * mostLoaded - 1}`);
});

/** What a node may tell of ten messages, and what the page does between. Each version of a message has a text of its own. */
const place = fc.integer({ min: 0, max: 9 });
const timeline = fc.constantFrom(
  { channel: "a", thread: null },
  { channel: "b", thread: null },
  { channel: "a", thread: "root" },
);
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant("messages" as const),
      of: timeline,
      places: fc.uniqueArray(place, { minLength: 1, maxLength: 4 }),
      own: fc.boolean(),
      late: fc.boolean(),
    }),
  },
  fc.record({
    what: fc.constant("gone" as const),
    of: timeline,
    places: fc.uniqueArray(place, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ what: fc.constant("delivery" as const), place }),
  fc.record({ what: fc.constant("answer" as const), place }),
  fc.record({ what: fc.constant("time" as const), ms: fc.integer({ min: 1, max: 600 }) }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** @param singly everything is taken as it comes */
function live(happenings: readonly Happening[], singly: boolean): Partial<AppState> {
  const sending = {
    key: "k",
    channel: "a",
    text: "text 1 v1",
    more: {},
    files: [],
    mentions: [],
    time: 0,
    state: "sending",
    until: 0,
    problem: null,
  } satisfies Outgoing;
  const { app, push } = aPage({ outgoing: { a: [sending] } });
  happenings.forEach((one, version) => {
    const versionOf = (at: number, of: Partial<Message>): Message =>
      message(at, {
        text: `text ${at} v${version}`,
        reply:
          at > 5
            ? {
                id: `m${at - 5}`,
                author: { id: "author", name: "Alice" },
                imported: null,
                text: "",
                position: "",
              }
            : null,
        ...of,
      });
    if (one.what === "messages") {
      const told = one.places
        .toSorted((a, b) => a - b)
        .map((at) =>
          versionOf(at, {
            channel: one.of.channel,
            thread: one.of.thread,
            own: one.own,
            late: one.late,
          }),
        );
      push(messages(told, one.of));
    } else if (one.what === "gone")
      push({
        push: "messages-gone",
        data: { ...one.of, messages: one.places.map((at) => `m${at}`) },
      });
    else if (one.what === "delivery")
      push({
        push: "delivery",
        data: {
          channel: "a",
          updates: [
            { message: `m${one.place}`, delivery: { have: version } as unknown as Delivery },
          ],
        },
      });
    else if (one.what === "answer") changeMessage(app, versionOf(one.place, {}));
    else vi.advanceTimersByTime(one.ms);
    if (singly) takeGathered(app);
  });
  vi.advanceTimersByTime(500);
  const { timelines, roots, outgoing, changes } = app.store.getState();
  return {
    timelines,
    roots,
    outgoing,
    changes: Object.fromEntries(Object.keys(changes).map((key) => [key, 1])),
  };
}

test("gathered or not, the same comes of it", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (happenings) => {
      expect(live(happenings, false)).toEqual(live(happenings, true));
    }),
    { numRuns: 300 },
  );
});
