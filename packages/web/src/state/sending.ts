/**
 * Messages on their way to disk. A message shows at once and stays in its place when the real one arrives, by answer or
 * by push, whichever is first. They are kept by place: the id of their channel or, in a thread, of the message it hangs on. What could not be stored keeps its text, also across a reload, until it is sent or dropped.
 */
import type { FileView, Id, Mention, Message, SendMore } from "@multichat/client/contract";
import { problemText } from "../i18n/problem-text.ts";
import { changeTimeline, timelinesOf } from "./change-timeline.ts";
import { keptKeys } from "./kept-keys.ts";
import { loadPresent } from "./loading.ts";
import { readable } from "./readable.ts";
import type { App } from "./store.ts";
import { mergeMessages, type Timeline } from "./timeline.ts";

export interface Outgoing {
  /** Local until the message is stored, and its row's key ever after. */
  key: string;
  channel: Id;
  text: string;
  more: SendMore;
  /** Of `more`, as they are shown meanwhile. */
  files: readonly FileView[];
  /** What the text calls by a token, as far as it was chosen. */
  mentions: readonly Mention[];
  time: number;
  /** `held`: for a moment it can be taken back. `waiting`: for Multichat to run. */
  state: "held" | "sending" | "waiting" | "failed";
  /** When what is held goes out. */
  until: number;
  /** Why it failed, in words. */
  problem: string | null;
}

/** Rows keep the key they were first drawn under, so that they do not move or flicker when the real message comes. */
const rowKeys = new Map<Id, string>();

export function rowKey(message: Message): string {
  return rowKeys.get(message.id) ?? message.id;
}

interface Sending {
  more?: SendMore;
  files?: readonly FileView[];
  mentions?: readonly Mention[];
  /** Milliseconds in which it can be taken back. */
  hold?: number;
}

export async function sendMessage(
  app: App,
  channel: Id,
  text: string,
  { more = {}, files = [], mentions = [], hold = 0 }: Sending = {},
): Promise<void> {
  const present = more.thread ?? channel;
  if (app.store.getState().timelines[present]?.hasNewer) void loadPresent(app, present);
  const time = Date.now();
  const outgoing: Outgoing = {
    key: `outgoing-${crypto.randomUUID()}`,
    channel,
    text,
    more,
    files,
    mentions,
    time,
    state: hold > 0 ? "held" : "sending",
    until: time + hold,
    problem: null,
  };
  change(app, placeOf(outgoing), (list) => [...list, outgoing]);
  if (hold > 0) setTimeout(() => void retryMessage(app, placeOf(outgoing), outgoing.key), hold);
  else await deliver(app, outgoing);
}

export async function retryMessage(app: App, place: Id, key: string): Promise<void> {
  const outgoing = find(app, place, key);
  if (!outgoing || outgoing.state === "sending") return;
  replace(app, { ...outgoing, state: "sending", problem: null });
  await deliver(app, outgoing);
}

export function dropMessage(app: App, place: Id, key: string): void {
  change(app, place, (list) => list.filter((outgoing) => outgoing.key !== key));
}

function placeOf({ channel, more }: Outgoing): Id {
  return more.thread ?? channel;
}

/** What was written while Multichat was not running goes out when it is back. */
export async function sendWaiting(app: App): Promise<void> {
  for (const [place, list] of Object.entries(app.store.getState().outgoing)) {
    for (const outgoing of list) {
      if (outgoing.state === "waiting") await retryMessage(app, place, outgoing.key);
    }
  }
}

async function deliver(app: App, outgoing: Outgoing): Promise<void> {
  if (app.store.getState().link !== "open") {
    replace(app, { ...outgoing, state: "waiting", problem: null });
    return;
  }
  const { channel, text, more } = outgoing;
  try {
    const { message } = await app.client.call("message.send", { channel, text, ...more });
    settle(app, placeOf(outgoing), outgoing.key, message);
  } catch (error) {
    if (!find(app, placeOf(outgoing), outgoing.key)) return;
    replace(app, { ...outgoing, state: "failed", problem: problemText(error) });
  }
}

/** Whether one of these may be what is still shown as being sent. */
export function awaitsOwn(app: App, place: Id, messages: readonly Message[]): boolean {
  return (app.store.getState().outgoing[place]?.length ?? 0) > 0 && messages.some(({ own }) => own);
}

/** A pushed own message that is still shown as being sent takes its row over. */
export function settleOutgoing(app: App, place: Id, messages: readonly Message[]): void {
  if (!awaitsOwn(app, place, messages)) return;
  const known = new Set(app.store.getState().timelines[place]?.messages.map(({ id }) => id));
  for (const message of messages) {
    if (!message.own || known.has(message.id)) continue;
    const outgoing = app.store
      .getState()
      .outgoing[place]?.find((item) => item.state === "sending" && isOf(message, item));
    if (outgoing) settle(app, place, outgoing.key, message);
  }
}

/** Names typed by hand have become tokens on the way. */
function isOf({ text, mentions, files }: Message, sent: Outgoing): boolean {
  if (files.map(({ blob }) => blob).join() !== sent.files.map(({ blob }) => blob).join())
    return false;
  return (
    text === sent.text || readable({ text, mentions }) === readable({ text: sent.text, mentions })
  );
}

function settle(app: App, place: Id, key: string, message: Message): void {
  if (find(app, place, key)) rowKeys.set(message.id, key);
  change(app, place, (list) => list.filter((outgoing) => outgoing.key !== key));
  for (const timeline of timelinesOf(message))
    changeTimeline(app, timeline, (current) => withOwn(current, message));
}

/** Unless what is loaded does not reach to the newest. */
function withOwn(timeline: Timeline, message: Message): Timeline {
  return timeline.hasNewer
    ? timeline
    : { ...timeline, messages: mergeMessages(timeline.messages, [message]) };
}

export function restoreOutgoing(app: App, storage: Pick<Storage, "getItem">): void {
  try {
    const stored = JSON.parse(storage.getItem(keptKeys.outgoing) ?? "{}") as Record<Id, Outgoing[]>;
    app.store.setState({ outgoing: stored });
  } catch {
    // Damaged: there is nothing to restore.
  }
}

function find(app: App, place: Id, key: string): Outgoing | undefined {
  return app.store.getState().outgoing[place]?.find((outgoing) => outgoing.key === key);
}

function replace(app: App, outgoing: Outgoing): void {
  change(app, placeOf(outgoing), (list) =>
    list.map((item) => (item.key === outgoing.key ? outgoing : item)),
  );
}

function change(
  app: App,
  place: Id,
  edit: (list: readonly Outgoing[]) => readonly Outgoing[],
): void {
  app.store.setState((s) => ({
    outgoing: { ...s.outgoing, [place]: edit(s.outgoing[place] ?? []) },
  }));
  persist(app);
}

/**
 * A message interrupted while being sent may be stored already: after a reload the person decides. One that was held goes out
 * then.
 */
function persist(app: App): void {
  const kept = Object.entries(app.store.getState().outgoing).flatMap(([place, list]) =>
    list.length === 0 ? [] : [[place, list.map(asKept)]],
  );
  localStorage.setItem(keptKeys.outgoing, JSON.stringify(Object.fromEntries(kept)));
}

function asKept(outgoing: Outgoing): Outgoing {
  if (outgoing.state === "sending") return { ...outgoing, state: "failed" };
  return outgoing.state === "held" ? { ...outgoing, state: "waiting" } : outgoing;
}
