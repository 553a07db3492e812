/**
 * What was typed and not sent, in each channel and in each thread. Written through to localStorage at every keystroke, and told to this
 * account's other devices as its own data (spec/09-devices.md) when the typing pauses. Whoever wrote last is right; what was typed here
 * and not told yet is newer than anything that comes.
 */
import type { Id } from "@multichat/client/contract";
import { keptKeys } from "./kept-keys.ts";
import { noDraft, type Draft } from "./picks.ts";
import type { App } from "./store.ts";

/** Kept here. What is `told` is as the other devices know it. */
interface Kept extends Draft {
  told?: true;
}

const own = "draft/";
const pauseMs = 1_000;
/** The most that own data holds under one key; what is longer stays here. */
const longest = 16_384;

/** What waits to be told, by place. */
const pauses = new WeakMap<App, Map<Id, ReturnType<typeof setTimeout>>>();

/** @param place the id of a channel, or of the message that a thread hangs on */
export function readDraft(place: Id): Draft {
  const { text, picks } = readKept(place) ?? noDraft;
  return { text, picks };
}

export function writeDraft(app: App, place: Id, draft: Draft): void {
  keep(place, draft);
  // What was sent is gone on all devices at once.
  later(app, place, draft.text === "" ? 0 : pauseMs);
}

/** After a gap: what the node knows, and what it does not know yet. */
export async function syncDrafts(app: App): Promise<void> {
  const { entries } = await app.client.call("own.list", { prefix: own });
  const known = new Set(entries.map(({ key }) => key.slice(own.length)));
  for (const place of keptPlaces()) {
    if (readKept(place)?.told !== true) await tell(app, place);
    else if (!known.has(place)) adopt(app, place, null);
  }
  for (const { key, value } of entries) learnDraft(app, key, value);
}

/** Own data changed, on whichever device. */
export function learnDraft(app: App, key: string, value: string | null): void {
  if (!key.startsWith(own)) return;
  const place = key.slice(own.length);
  const kept = readKept(place);
  // Typed since, or about to be told.
  if (kept !== null && kept.told !== true && asValue(kept) !== value) return;
  adopt(app, place, value);
}

function adopt(app: App, place: Id, value: string | null): void {
  const draft = parse(value);
  if (draft === null || draft.text === "") localStorage.removeItem(keptKeys.draft + place);
  else keep(place, { ...draft, told: true });
  app.store.setState((s) => ({
    draftsLearned: { ...s.draftsLearned, [place]: (s.draftsLearned[place] ?? 0) + 1 },
  }));
}

function later(app: App, place: Id, ms: number): void {
  const waiting = pauses.get(app) ?? new Map<Id, ReturnType<typeof setTimeout>>();
  pauses.set(app, waiting);
  clearTimeout(waiting.get(place));
  const timer = setTimeout(() => {
    waiting.delete(place);
    void tell(app, place);
  }, ms);
  waiting.set(place, timer);
}

async function tell(app: App, place: Id): Promise<void> {
  const kept = readKept(place);
  if (kept === null || app.store.getState().link !== "open") return;
  const value = asValue(kept);
  if (value !== null && value.length > longest) return;
  try {
    await app.client.call("own.set", { key: own + place, value });
  } catch {
    // It is told when the connection is back, or with what is typed next.
    return;
  }
  const now = readKept(place);
  if (now === null || asValue(now) !== value) return;
  if (value === null) localStorage.removeItem(keptKeys.draft + place);
  else keep(place, { ...now, told: true });
}

function keptPlaces(): Id[] {
  return Object.keys(localStorage).flatMap((key) =>
    key.startsWith(keptKeys.draft) ? [key.slice(keptKeys.draft.length)] : [],
  );
}

/** One that was emptied is kept until that is told. */
function keep(place: Id, kept: Kept): void {
  localStorage.setItem(keptKeys.draft + place, JSON.stringify(kept));
}

function readKept(place: Id): Kept | null {
  return parse(localStorage.getItem(keptKeys.draft + place));
}

function asValue({ text, picks }: Draft): string | null {
  return text === "" ? null : JSON.stringify({ text, picks });
}

function parse(value: string | null): Kept | null {
  if (value === null) return null;
  try {
    const { text, picks, told } = JSON.parse(value) as Partial<Kept>;
    return typeof text === "string" && Array.isArray(picks)
      ? { text, picks, ...(told === true && { told }) }
      : null;
  } catch {
    // Damaged: there is nothing to go on with.
    return null;
  }
}
