/** Keeps the store current: one listener for each push of the local API. */
import type { Id, Message, Pushes } from "@multichat/client/contract";
import { changeTimeline, keepApart } from "./change-timeline.ts";
import { noteChange } from "./changes.ts";
import { noteGone, takeOut } from "./disappearing.ts";
import { learnDraft } from "./drafts.ts";
import { gather, startGathering, takeGathered } from "./gathering.ts";
import { mostLoaded, shownTimelines } from "./loading.ts";
import { awaitsOwn, settleOutgoing } from "./sending.ts";
import { isEntryWay, type App, type AppState } from "./store.ts";
import { letGo, receive, withDelivery } from "./timeline.ts";

/** @param relist fetches every list again: the node goes on as somebody else, or only now goes on at all */
export function listen(app: App, relist: () => void): void {
  const { client, store } = app;
  const set = store.setState;

  client.on("status", (status) => {
    const { status: before, firstRun } = store.getState();
    set({ status });
    const entered = before?.account === null && status.account !== null && isEntryWay(firstRun);
    const left = before?.account && status.account === null;
    if (before?.locked !== status.locked || entered || left) relist();
  });
  client.on("devices", ({ devices }) => set({ devices }));
  client.on("linking", (linking) => set({ linking }));
  client.on("recovery", (recovery) => set({ recovery }));
  client.on("transfer", (transfer) => set({ transfer }));
  client.on("people", ({ requests }) => set((s) => ({ introductions: requests, peopleVersion: s.peopleVersion + 1 })));
  client.on("peers", ({ peers }) => set({ peers }));
  client.on("space", (space) => set((s) => ({ spaces: { ...s.spaces, [space.id]: space } })));
  client.on("space-gone", ({ space }) => set((s) => withoutSpace(s, space)));
  client.on("channel", (channel) =>
    set((s) => ({ channels: { ...s.channels, [channel.id]: channel } })),
  );
  client.on("members", ({ space, members }) =>
    set((s) => ({ members: { ...s.members, [space]: members } })),
  );
  client.on("join", (join) => set((s) => ({ joins: { ...s.joins, [join.id]: join } })));
  for (const what of ["invites", "roles", "restrictions", "audit", "reports", "join-requests", "ownership"] as const) {
    client.on(what, ({ space }) => noteChange(app, what, space));
  }
  client.on("scheduled", () => noteChange(app, "scheduled", null));
  client.on("requests", () => noteChange(app, "requests", null));

  startGathering(app, (pushed) => takeMessages(app, pushed));
  client.on("messages", (pushed) => {
    gather(app, pushed);
    if (awaitsOwn(app, pushed.thread ?? pushed.channel, pushed.messages)) takeGathered(app);
  });
  client.on("messages-gone", ({ channel, thread, messages }) => {
    takeOut(app, messages, [thread ?? channel]);
    const space = store.getState().channels[channel]?.space;
    if (space) noteGone(app, [{ channel, space }]);
  });
  client.on("delivery", ({ channel, updates }) => {
    for (const [key, { thread }] of Object.entries(store.getState().timelines)) {
      if ((thread?.channel ?? key) === channel) changeTimeline(app, key, (timeline) => withDelivery(timeline, updates));
    }
  });
  client.on("file", ({ blob, state }) => set((s) => ({ fileStates: { ...s.fileStates, [blob]: state } })));
  client.on("inbox", ({ unread }) => {
    set({ inboxUnread: unread });
    noteChange(app, "inbox", null);
  });
  client.on("notification-rules", ({ keywords }) => {
    set((s) => (s.keywords.join("\n") === keywords.join("\n") ? s : { keywords }));
    noteChange(app, "notification-rules", null);
  });
  client.on("saved", () => noteChange(app, "saved", null));
  client.on("own", ({ key, value }) => learnDraft(app, key, value));
}

/** In the order in which they were pushed. Of what nobody looks at, as much is kept as where somebody scrolls. */
function takeMessages(app: App, pushed: readonly Pushes["messages"][]): void {
  const shown = shownTimelines(app);
  for (const [key, pushes] of Map.groupBy(pushed, ({ channel, thread }) => thread ?? channel)) {
    const messages = pushes.flatMap((push) => push.messages);
    settleOutgoing(app, key, messages);
    changeTimeline(app, key, (timeline) => {
      const received = receive(timeline, messages);
      return shown.includes(key) ? received : letGo(received, "oldest", mostLoaded);
    });
  }
  for (const { messages } of pushed) for (const message of messages) keepApart(app, message);
  for (const [channel, pushes] of Map.groupBy(pushed, (push) => push.channel)) {
    noteThreads(app, channel, pushes.flatMap(({ messages }) => messages));
  }
}

/** What is listed of threads and pins follows from the messages. */
function noteThreads(app: App, channel: Id, messages: readonly Message[]): void {
  const space = app.store.getState().channels[channel]?.space;
  if (space && messages.some(({ thread, replies }) => thread !== null || replies !== null)) noteChange(app, "threads", space);
  if (messages.length > 0) noteChange(app, "pins", channel);
}

function withoutSpace(state: AppState, space: Id): Partial<AppState> {
  const { [space]: _gone, ...spaces } = state.spaces;
  const channels = Object.fromEntries(
    Object.entries(state.channels).filter(([, channel]) => channel.space !== space),
  );
  return { spaces, channels };
}
