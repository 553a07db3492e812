/** The service worker by itself (public/notifications-worker.js), which no page builds and no browser without a push service wakes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";

const script = readFileSync(
  join(import.meta.dirname, "../../public/notifications-worker.js"),
  "utf8",
);
const words = {
  waiting: "Etwas Neues wartet",
  test: "So geht es",
  reply: "Antworten",
  read: "Gelesen",
};

interface Shown {
  title: string;
  body: string;
  tag: string;
  data: unknown;
  actions?: { action: string }[];
}

const place = { space: "s", channel: "c", thread: null, id: "m" };

/** @param pages those that are open */
function worker(
  answers: Record<string, unknown>,
  kept: object | null = words,
  pages: string[] = [],
) {
  const handlers = new Map<string, (event: object) => void>();
  const shown: Shown[] = [];
  const asked: [string, unknown][] = [];
  const badges: number[] = [];
  const openedPages: string[] = [];
  const toldPages: unknown[] = [];
  const page = {
    focus: () => Promise.resolve(),
    postMessage: (data: unknown) => void toldPages.push(data),
  };
  const clients = {
    matchAll: () => Promise.resolve(pages.map(() => page)),
    openWindow: (address: string) => Promise.resolve(void openedPages.push(address)),
  };
  const pushManager = {
    subscribe: () => Promise.resolve(subscription("https://push.example/new")),
  };
  const self = {
    clients,
    addEventListener: (name: string, handler: (event: object) => void) =>
      handlers.set(name, handler),
    registration: {
      pushManager,
      showNotification: (title: string, options: object) =>
        Promise.resolve(shown.push({ title, ...options } as Shown)),
    },
  };
  runInNewContext(script, {
    self,
    navigator: { setAppBadge: (count: number) => Promise.resolve(badges.push(count)) },
    caches: {
      match: () => Promise.resolve(kept ? { json: () => Promise.resolve(kept) } : undefined),
    },
    fetch: (_path: string, { body }: { body: string }) => {
      const { command, params } = JSON.parse(body) as { command: string; params: unknown };
      asked.push([command, params]);
      if (!(command in answers)) return Promise.reject(new TypeError("Failed to fetch"));
      return Promise.resolve({
        ok: true,
        json: () => Promise.resolve({ ok: true, value: answers[command] }),
      });
    },
  });
  async function say(name: string, event: object): Promise<void> {
    let done: Promise<void> = Promise.resolve();
    handlers.get(name)!({ ...event, waitUntil: (work: Promise<void>) => (done = work) });
    await done;
  }
  return {
    shown,
    asked,
    badges,
    openedPages,
    toldPages,
    say,
    push: (data?: object) => say("push", data === undefined ? {} : { data: { json: () => data } }),
  };
}

function subscription(endpoint: string) {
  return {
    endpoint,
    options: { applicationServerKey: "key" },
    toJSON: () => ({ endpoint, keys: { p256dh: "p", auth: "a" } }),
  };
}

const message = {
  id: "m",
  space: "s",
  channel: "c",
  thread: null,
  text: "<@1> it is ||Rosebud||",
  mentions: [{ token: "<@1>", name: "Bob" }],
};
const item = {
  id: "m",
  quiet: null,
  who: { name: "Alice" },
  channel: { name: "general" },
  place: "#general",
  space: { name: "Team" },
  emoji: null,
  message,
};

test("one message: from whom, where and what, with answers; nothing of what is covered", async () => {
  const { shown, badges, push } = worker({
    "inbox.list": { items: [item, { ...item, quiet: { why: "quiet" } }] },
  });
  await push({ unread: 2 });
  expect(shown).toMatchObject([
    {
      title: "Alice · #general",
      body: "@Bob it is ▒▒▒",
      tag: "waiting",
      data: { space: "s", channel: "c", thread: null, id: "m", item: "m" },
    },
  ]);
  expect(shown[0]!.actions?.map(({ action }) => action)).toEqual(["reply", "read"]);
  expect(badges).toEqual([2]);
});

test("several: how many in each place", async () => {
  const { shown, push } = worker({
    "inbox.list": {
      items: [item, { ...item, channel: { name: "garden" }, place: "#garden" }, item],
    },
  });
  await push({ unread: 3 });
  expect(shown).toMatchObject([
    { title: "Multichat", body: "#general (2), #garden (1)", data: null },
  ]);
});

test("a conversation of two is called by who wrote", async () => {
  const { shown, push } = worker({
    "inbox.list": { items: [{ ...item, channel: { name: "messages" }, place: "Alice" }] },
  });
  await push({ unread: 1 });
  expect(shown).toMatchObject([{ title: "Alice" }]);
});

test("a request has no message to show", async () => {
  const { shown, push } = worker({
    "inbox.list": { items: [{ ...item, channel: null, place: "", message: null }] },
  });
  await push({ unread: 1 });
  expect(shown).toMatchObject([{ title: "Alice", body: words.waiting, data: null }]);
});

test.each([
  ["Multichat does not answer", {}, { unread: 1 }, words.waiting],
  ["all has been read meanwhile", { "inbox.list": { items: [] } }, { unread: 1 }, words.waiting],
  ["it is tried out", {}, { test: true }, words.test],
  ["nothing came with it", {}, undefined, words.waiting],
])("something is shown when %s", async (_when, answers, data, body) => {
  const { shown, push } = worker(answers);
  await push(data);
  expect(shown).toMatchObject([{ title: "Multichat", body, tag: "waiting" }]);
});

test("without kept words it says no more than its name", async () => {
  const { shown, push } = worker({}, null);
  await push({ unread: 1 });
  expect(shown).toMatchObject([{ title: "Multichat", body: "Multichat" }]);
});

test("another address at the push service takes the old one's place", async () => {
  const { asked, say } = worker({ "wake.subscribe": {}, "wake.unsubscribe": {} });
  await say("pushsubscriptionchange", {
    oldSubscription: subscription("https://push.example/old"),
    newSubscription: null,
  });
  expect(asked).toEqual([
    ["wake.subscribe", { endpoint: "https://push.example/new", p256dh: "p", auth: "a" }],
    ["wake.unsubscribe", { endpoint: "https://push.example/old" }],
  ]);
});

test.each([
  ["without a page, one is opened there", [], ["/#/w/s/c/c/m/m/told"], []],
  ["a page that is there goes there", ["page"], [], [{ open: place }]],
])(
  "a notification that is clicked on leads to its message: %s",
  async (_when, pages, opened, said) => {
    const { say, openedPages, toldPages } = worker({}, words, pages);
    await say("notificationclick", {
      notification: { title: "Bob", tag: "t", data: place, close: () => undefined },
      action: "",
    });
    expect(openedPages).toEqual(opened);
    expect(toldPages).toEqual(said);
  },
);

test.each([
  ["marked read", "read", ["inbox.clear"]],
  ["followed", "", ["inbox.clear"]],
  ["answered", "reply", ["message.send", "inbox.clear"]],
])("what tells of a reaction is done with when it is %s: its message was read long ago", async (_how, action, commands) => {
  const { asked, say } = worker({ "inbox.clear": {}, "message.send": {} });
  const data = { ...place, item: "reaction" };
  await say("notificationclick", {
    notification: { title: "Bob", tag: "t", data, close: () => undefined },
    action,
    reply: "thanks",
  });
  expect(asked.map(([name]) => name)).toEqual(commands);
  expect(asked.at(-1)).toEqual(["inbox.clear", { items: ["reaction"] }]);
});

test("a reply that cannot be sent is shown again, and not lost", async () => {
  const { shown, asked, say } = worker({});
  await say("notificationclick", {
    notification: { title: "Bob", tag: "t", data: place, close: () => undefined },
    action: "reply",
    reply: "on my way",
  });
  expect(asked.map(([name]) => name)).toEqual(["message.send"]);
  expect(shown).toMatchObject([{ title: "⚠ Bob", body: "on my way", tag: "t", data: place }]);
});
