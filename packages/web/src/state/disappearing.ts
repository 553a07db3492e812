/**
 * What disappears leaves the page at its time, by this clock: also where the push that says so does not come, because nothing is watched
 * there or the connection is away.
 */
import type { Id, Message } from "@multichat/client/contract";
import { forgetRendered } from "../markdown/rendered.ts";
import { noteChange } from "./changes.ts";
import type { App, AppState } from "./store.ts";
import { withoutMessages, withoutQuotes } from "./timeline.ts";

/** Timers do not reach further. */
const longestWait = 2 ** 31 - 1;

/** These are gone from where they stood, and nothing quotes them any more. */
export function takeOut(app: App, gone: readonly Id[], places: readonly Id[]): void {
  forgetRendered();
  app.store.setState((s) => ({
    timelines: Object.fromEntries(
      Object.entries(s.timelines).map(([key, timeline]) => [
        key,
        withoutQuotes(places.includes(key) ? withoutMessages(timeline, gone) : timeline, gone),
      ]),
    ),
    roots: Object.fromEntries(Object.entries(s.roots).filter(([id]) => !gone.includes(id))),
  }));
}

/** Watches what is loaded, from now on. */
export function followExpiry(app: App): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let next = Number.POSITIVE_INFINITY;
  let seen: Pick<AppState, "timelines" | "roots"> | null = null;

  const look = () => {
    const { timelines, roots } = app.store.getState();
    if (seen?.timelines === timelines && seen.roots === roots) return;
    seen = { timelines, roots };
    const earliest = earliestOf(loaded(seen));
    if (earliest === next) return;
    next = earliest;
    clearTimeout(timer);
    if (next !== Number.POSITIVE_INFINITY)
      timer = setTimeout(purge, Math.min(longestWait, Math.max(0, next - Date.now())));
  };
  const purge = () => {
    const { timelines, roots } = app.store.getState();
    const due = [...loaded({ timelines, roots })].filter(
      ({ expires }) => expires !== null && expires <= Date.now(),
    );
    next = Number.POSITIVE_INFINITY;
    seen = null;
    if (due.length > 0)
      takeOut(
        app,
        due.map(({ id }) => id),
        Object.keys(timelines),
      );
    noteGone(app, due);
    look();
  };
  app.store.subscribe(look);
  look();
}

/** Lists that may have held them. */
export function noteGone(app: App, gone: readonly Pick<Message, "channel" | "space">[]): void {
  if (gone.length > 0) noteChange(app, "saved", null);
  for (const channel of new Set(gone.map((message) => message.channel)))
    noteChange(app, "pins", channel);
  for (const space of new Set(gone.map((message) => message.space)))
    noteChange(app, "threads", space);
}

function* loaded({ timelines, roots }: Pick<AppState, "timelines" | "roots">): Iterable<Message> {
  for (const { messages } of Object.values(timelines)) yield* messages;
  yield* Object.values(roots);
}

function earliestOf(messages: Iterable<Message>): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const { expires } of messages)
    if (expires !== null && expires < earliest) earliest = expires;
  return earliest;
}
