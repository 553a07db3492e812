/**
 * What disappears leaves the page at its time, by this clock: also where the push that says so does not come, because nothing is watched
 * there or the connection is away.
 */
import type { Id, Message } from "@multichat/client/contract";
import { forgetRendered } from "../markdown/rendered.ts";
import { noteChange } from "./changes.ts";
import { takeGathered } from "./gathering.ts";
import type { App, AppState } from "./store.ts";
import { withoutMessages, withoutQuotes } from "./timeline.ts";

/** Timers do not count the time that a computer sleeps, and clocks are set: a long wait is looked at again now and then. */
const lookAgainMs = 60_000;

/** These are gone from where they stood, and nothing quotes, answers or shows them any more. */
export function takeOut(app: App, gone: readonly Id[], places: readonly Id[]): void {
  forgetRendered();
  takeGathered(app);
  app.store.setState((s) => ({
    timelines: Object.fromEntries(
      Object.entries(s.timelines).map(([key, timeline]) => [
        key,
        withoutQuotes(places.includes(key) ? withoutMessages(timeline, gone) : timeline, gone),
      ]),
    ),
    roots: Object.fromEntries(Object.entries(s.roots).filter(([id]) => !gone.includes(id))),
    replying: Object.fromEntries(
      Object.entries(s.replying).filter(([, { id }]) => !gone.includes(id)),
    ),
    editing: s.editing !== null && gone.includes(s.editing.message) ? null : s.editing,
    sheet: s.sheet && "message" in s.sheet && gone.includes(s.sheet.message.id) ? null : s.sheet,
  }));
}

type Showing = Pick<AppState, "timelines" | "roots" | "replying" | "sheet">;

/** Watches what is loaded, from now on. */
export function followExpiry(app: App): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let next = Number.POSITIVE_INFINITY;
  let seen: Showing | null = null;

  const look = () => {
    const { timelines, roots, replying, sheet } = app.store.getState();
    const isSame =
      seen?.timelines === timelines &&
      seen.roots === roots &&
      seen.replying === replying &&
      seen.sheet === sheet;
    if (isSame) return;
    seen = { timelines, roots, replying, sheet };
    const earliest = earliestOf(loaded(seen));
    if (earliest === next) return;
    next = earliest;
    clearTimeout(timer);
    if (next !== Number.POSITIVE_INFINITY)
      timer = setTimeout(purge, Math.min(lookAgainMs, Math.max(0, next - Date.now())));
  };
  const purge = () => {
    const state = app.store.getState();
    const due = [...loaded(state)].filter(
      ({ expires }) => expires !== null && expires <= Date.now(),
    );
    next = Number.POSITIVE_INFINITY;
    seen = null;
    if (due.length > 0)
      takeOut(
        app,
        due.map(({ id }) => id),
        Object.keys(state.timelines),
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

function* loaded({ timelines, roots, replying, sheet }: Showing): Iterable<Message> {
  for (const { messages } of Object.values(timelines)) yield* messages;
  yield* Object.values(roots);
  yield* Object.values(replying);
  if (sheet && "message" in sheet) yield sheet.message;
}

function earliestOf(messages: Iterable<Message>): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const { expires } of messages)
    if (expires !== null && expires < earliest) earliest = expires;
  return earliest;
}
