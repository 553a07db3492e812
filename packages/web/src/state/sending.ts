/**
 * Messages on their way to disk. A message shows at once and stays in its place when the real one arrives, by answer or
 * by push, whichever is first. What could not be stored keeps its text, also across a reload, until it is sent or dropped.
 */
import type { Id, Message } from "@multichat/client/contract";
import { problemText } from "../i18n/problem-text.ts";
import { changeTimeline } from "./change-timeline.ts";
import type { App } from "./store.ts";
import { mergeMessages } from "./timeline.ts";

export interface Outgoing {
  /** Local until the message is stored, and its row's key ever after. */
  key: string;
  text: string;
  time: number;
  state: "sending" | "waiting" | "failed";
  /** Why it failed, in words. */
  problem: string | null;
}

const storageKey = "multichat.outgoing";

/** Rows keep the key they were first drawn under, so that they do not move or flicker when the real message comes. */
const rowKeys = new Map<Id, string>();

export function rowKey(message: Message): string {
  return rowKeys.get(message.id) ?? message.id;
}

export async function sendMessage(app: App, channel: Id, text: string): Promise<void> {
  const outgoing: Outgoing = {
    key: `outgoing-${crypto.randomUUID()}`,
    text,
    time: Date.now(),
    state: "sending",
    problem: null,
  };
  change(app, channel, (list) => [...list, outgoing]);
  await deliver(app, channel, outgoing);
}

export async function retryMessage(app: App, channel: Id, key: string): Promise<void> {
  const outgoing = find(app, channel, key);
  if (!outgoing || outgoing.state === "sending") return;
  replace(app, channel, { ...outgoing, state: "sending", problem: null });
  await deliver(app, channel, outgoing);
}

export function dropMessage(app: App, channel: Id, key: string): void {
  change(app, channel, (list) => list.filter((outgoing) => outgoing.key !== key));
}

/** What was written while Multichat was not running goes out when it is back. */
export async function sendWaiting(app: App): Promise<void> {
  for (const [channel, list] of Object.entries(app.store.getState().outgoing)) {
    for (const outgoing of list) {
      if (outgoing.state === "waiting") await retryMessage(app, channel, outgoing.key);
    }
  }
}

async function deliver(app: App, channel: Id, outgoing: Outgoing): Promise<void> {
  if (app.store.getState().link !== "open") {
    replace(app, channel, { ...outgoing, state: "waiting", problem: null });
    return;
  }
  try {
    const { message } = await app.client.call("message.send", { channel, text: outgoing.text });
    settle(app, channel, outgoing.key, message);
  } catch (error) {
    if (!find(app, channel, outgoing.key)) return;
    replace(app, channel, { ...outgoing, state: "failed", problem: problemText(error) });
  }
}

/** A pushed own message that is still shown as being sent takes its row over. */
export function settleOutgoing(app: App, channel: Id, messages: readonly Message[]): void {
  const known = new Set(app.store.getState().timelines[channel]?.messages.map(({ id }) => id));
  for (const message of messages) {
    if (!message.own || known.has(message.id)) continue;
    const outgoing = app.store
      .getState()
      .outgoing[channel]?.find((item) => item.state === "sending" && item.text === message.text);
    if (outgoing) settle(app, channel, outgoing.key, message);
  }
}

function settle(app: App, channel: Id, key: string, message: Message): void {
  if (find(app, channel, key)) rowKeys.set(message.id, key);
  change(app, channel, (list) => list.filter((outgoing) => outgoing.key !== key));
  changeTimeline(app, channel, (timeline) => ({
    ...timeline,
    messages: mergeMessages(timeline.messages, [message]),
  }));
}

export function restoreOutgoing(app: App, storage: Pick<Storage, "getItem">): void {
  try {
    const stored = JSON.parse(storage.getItem(storageKey) ?? "{}") as Record<Id, Outgoing[]>;
    app.store.setState({ outgoing: stored });
  } catch {
    // Damaged: there is nothing to restore.
  }
}

function find(app: App, channel: Id, key: string): Outgoing | undefined {
  return app.store.getState().outgoing[channel]?.find((outgoing) => outgoing.key === key);
}

function replace(app: App, channel: Id, outgoing: Outgoing): void {
  change(app, channel, (list) => list.map((item) => (item.key === outgoing.key ? outgoing : item)));
}

function change(
  app: App,
  channel: Id,
  edit: (list: readonly Outgoing[]) => readonly Outgoing[],
): void {
  app.store.setState((s) => ({
    outgoing: { ...s.outgoing, [channel]: edit(s.outgoing[channel] ?? []) },
  }));
  persist(app);
}

/** A message interrupted while being sent may be stored already: after a reload the person decides. */
function persist(app: App): void {
  const kept = Object.entries(app.store.getState().outgoing).flatMap(([channel, list]) =>
    list.length === 0
      ? []
      : [[channel, list.map((item) => (item.state === "sending" ? interrupted(item) : item))]],
  );
  localStorage.setItem(storageKey, JSON.stringify(Object.fromEntries(kept)));
}

function interrupted(outgoing: Outgoing): Outgoing {
  return { ...outgoing, state: "failed" };
}
