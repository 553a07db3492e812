/**
 * Messages that were pushed wait here for their turn: every draw of a list costs as much for one message as for many, and in a
 * flood nothing else would be done. What comes singly is taken at once. After it the page rests, the longer the more was taken,
 * and what comes meanwhile is taken together, in its order.
 */
import type { Pushes } from "@multichat/client/contract";
import type { App } from "./store.ts";

type Pushed = Pushes["messages"];

/** For each message that was taken; a person who reads along does not notice it. */
const restMs = 50;
/** However many they were: from here on it would show. */
const mostRestMs = 500;

interface Gathering {
  waiting: Pushed[];
  take(pushed: readonly Pushed[]): void;
  resting: ReturnType<typeof setTimeout> | null;
}

const gatherings = new WeakMap<App, Gathering>();

/** @param take puts what was pushed in its place; called once for all that waited, oldest first */
export function startGathering(app: App, take: Gathering["take"]): void {
  gatherings.set(app, { waiting: [], take, resting: null });
}

export function gather(app: App, pushed: Pushed): void {
  const gathering = gatherings.get(app)!;
  gathering.waiting.push(pushed);
  if (gathering.resting === null) takeGathered(app);
}

/** Whoever changes what is shown of messages in another way calls this before: what was pushed earlier is older. */
export function takeGathered(app: App): void {
  const gathering = gatherings.get(app);
  if (!gathering || gathering.waiting.length === 0) return;
  const pushed = gathering.waiting;
  gathering.waiting = [];
  const count = pushed.reduce((sum, { messages }) => sum + messages.length, 0);
  if (gathering.resting !== null) clearTimeout(gathering.resting);
  gathering.resting = setTimeout(
    () => {
      gathering.resting = null;
      takeGathered(app);
    },
    Math.min(mostRestMs, count * restMs),
  );
  gathering.take(pushed);
}
