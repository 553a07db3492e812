import type {
  Channel,
  CommandName,
  Join,
  Linking,
  Message,
  Push,
  Space,
  Status,
} from "@multichat/client/contract";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aMessage } from "../../test/a-message.ts";
import { catchUp, openAhead, openChannel } from "./loading.ts";
import { listen } from "./pushes.ts";
import { resync } from "./session.ts";
import { createAppStore, type App, type AppState } from "./store.ts";
import { emptyTimeline } from "./timeline.ts";

const noStorage = { getItem: () => null, setItem: () => undefined };
beforeEach(() => void vi.stubGlobal("localStorage", noStorage));
afterEach(() => void vi.unstubAllGlobals());

interface Node {
  app: App;
  state(): AppState;
  /** Answers the oldest call of this command, and lets the code go on that waited for it. */
  answer(command: CommandName, value: unknown): Promise<void>;
  push(push: Push): void;
  /** The commands that wait for an answer, in order. */
  asked(): CommandName[];
}

/** A node that answers when the test says so. */
function slowNode(state: Partial<AppState> = {}): Node {
  const calls: { command: CommandName; answer(value: unknown): void }[] = [];
  const listeners: [string, (data: never) => void][] = [];
  const store = createAppStore({ route: { at: "home" }, settingsAt: null, linked: null });
  store.setState({ link: "open", ...state });
  const client = {
    call: (command: CommandName) =>
      new Promise((answer) => void calls.push({ command, answer })) as never,
    on: (name: string, listener: (data: never) => void) => void listeners.push([name, listener]),
  };
  const app = { store, client } as unknown as App;
  listen(app, () => void resync(app));
  return {
    app,
    state: store.getState,
    async answer(command, value) {
      const at = calls.findIndex((call) => call.command === command);
      if (at === -1) throw new Error(`${command} was not asked`);
      calls.splice(at, 1)[0]!.answer(value);
      await new Promise((resolve) => setImmediate(resolve));
    },
    push({ push, data }) {
      for (const [name, listener] of listeners) if (name === push) listener(data as never);
    },
    asked: () => calls.map(({ command }) => command),
  };
}

const status = (of: Partial<Status>): Status => ({ locked: false, account: null, ...of }) as Status;
const alice = { id: "alice", name: "Alice" };
const space = (id: string, name: string): Space => ({ id, name }) as Space;
const channel = (id: string, unread: number): Channel => ({ id, space: "s", unread }) as Channel;
const linking = (step: Linking["step"]): Linking => ({ side: "new", step }) as Linking;

test("what is pushed while lists are still on their way is not undone by older lists", async () => {
  const node = slowNode();
  void resync(node.app);
  await node.answer("status.get", { status: status({ account: alice }) });
  node.push({ push: "status", data: status({ account: alice, peers: 3 }) });
  await node.answer("join.list", { joins: [{ id: "j", step: "finding" }] });
  node.push({ push: "join", data: { id: "j", step: "done" } as Join });
  await node.answer("peer.list", { peers: [{ id: "p" }] });
  node.push({ push: "peers", data: { peers: [] } });
  await node.answer("introduction.list", { introductions: [] });
  node.push({ push: "people", data: { requests: 1 } });
  await node.answer("notify.rules", { rules: { keywords: ["lunch"] } });
  await node.answer("inbox.list", { unread: 3 });
  node.push({ push: "inbox", data: { unread: 2 } });
  await node.answer("space.list", { spaces: [space("s", "Team"), space("t", "Club")] });
  node.push({ push: "space", data: space("s", "Renamed") });
  await node.answer("channel.list", { channels: [channel("a", 0)] });
  node.push({ push: "channel", data: channel("a", 1) });
  node.push({ push: "channel", data: channel("b", 1) });
  expect(node.state().ready).toBe(false);
  await node.answer("channel.list", { channels: [] });
  expect(node.state()).toMatchObject({
    ready: true,
    status: { peers: 3 },
    spaces: { s: { name: "Renamed" }, t: { name: "Club" } },
    channels: { a: { unread: 1 }, b: { unread: 1 } },
    joins: { j: { step: "done" } },
    peers: [],
    introductions: 1,
    keywords: ["lunch"],
    inboxUnread: 2,
  });
});

test("what is no longer listed is no longer shown", async () => {
  const node = slowNode({
    spaces: { s: space("s", "Team"), gone: space("gone", "Club") },
    channels: {
      a: channel("a", 0),
      old: channel("old", 0),
      other: { ...channel("other", 0), space: "gone" },
    },
  });
  void resync(node.app);
  await node.answer("status.get", { status: status({ account: alice }) });
  await node.answer("join.list", { joins: [] });
  await node.answer("peer.list", { peers: [] });
  await node.answer("introduction.list", { introductions: [] });
  await node.answer("space.list", { spaces: [space("s", "Team")] });
  await node.answer("channel.list", { channels: [channel("a", 2)] });
  expect(node.state().spaces).toEqual({ s: space("s", "Team") });
  expect(node.state().channels).toEqual({ a: channel("a", 2) });
});

test("a new device shows how far it is, not how far it was when it was asked", async () => {
  const node = slowNode();
  void resync(node.app);
  await node.answer("status.get", { status: status({}) });
  await node.answer("device.link-get", { linking: linking("confirm") });
  node.push({ push: "linking", data: linking("transferring") });
  await node.answer("account.recover-get", { recovery: null });
  await node.answer("backup.get", { transfer: null });
  expect(node.state()).toMatchObject({
    ready: true,
    firstRun: "link",
    linking: { step: "transferring" },
  });
});

test("a device that is linked while the page opens is no new one any more", async () => {
  const node = slowNode();
  void resync(node.app);
  await node.answer("status.get", { status: status({}) });
  await node.answer("device.link-get", { linking: linking("transferring") });
  node.push({ push: "status", data: status({ account: alice }) });
  await node.answer("account.recover-get", { recovery: null });
  await node.answer("backup.get", { transfer: null });
  expect(node.state()).toMatchObject({ firstRun: null, status: { account: alice } });
  expect(node.asked()).toEqual(["status.get"]);
});

const message = (position: number, text = ""): Message =>
  aMessage({ id: `m${position}`, channel: "a", position: String(position).padStart(6, "0"), text });
const arrival = (one: Message): Push => ({
  push: "messages",
  data: { channel: "a", thread: null, messages: [one] },
});
const texts = ({ state }: Node): string[] =>
  state().timelines["a"]!.messages.map(({ text }) => text);

test("the first page stands over what was pushed before it was read", async () => {
  const node = slowNode({ route: { at: "space", space: "s", channel: "a", pane: null } });
  void openChannel(node.app, "a");
  await node.answer("watch", {});
  node.push(arrival(message(1, "then")));
  await node.answer("message.list", {
    messages: [message(1, "now")],
    hasOlder: false,
    hasNewer: false,
  });
  node.push(arrival(message(2, "later")));
  await expect.poll(() => texts(node)).toEqual(["now", "later"]);
});

test("what is pushed while a long gap is being read is still there after it", async () => {
  const timeline = { ...emptyTimeline, messages: [message(1, "old")] };
  const node = slowNode({ timelines: { a: timeline } });
  void catchUp(node.app);
  const page = (first: number, hasNewer: boolean) => ({
    messages: [message(first, "page")],
    hasOlder: true,
    hasNewer,
  });
  await node.answer("message.list", page(5_000, false));
  node.push(arrival(message(5_001, "pushed")));
  for (let read = 1; read <= 10; read++) await node.answer("message.list", page(read * 10, true));
  await node.answer("message.list", {
    messages: [message(5_000, "page"), message(5_001, "pushed")],
    hasOlder: true,
    hasNewer: false,
  });
  expect(texts(node)).toEqual(["page", "pushed"]);
});

test("a channel is asked for when its link is pressed, and only once", async () => {
  const node = slowNode({ channels: { c: channel("c", 0) } });
  openAhead(node.app, { at: "space", space: "s", channel: "c", pane: null });
  void openChannel(node.app, "c");
  expect(node.asked()).toEqual(["watch", "message.list"]);
  await node.answer("watch", {});
  await node.answer("message.list", { messages: [message(1, "page")], hasOlder: true, hasNewer: false });
  expect(node.state().timelines["c"]!.messages).toHaveLength(1);
  openAhead(node.app, { at: "space", space: "s", channel: "c", pane: null });
  expect(node.asked()).toEqual([]);
});
