/**
 * Messages that disappear (spec/12-content.md, Expiry): what is due is destroyed when it is due, or before anything is shown where
 * this node was off then.
 */
import { type ControlState, dueBefore, expiryOf, retentionsIn } from "@multichat/core";
import type { ArrivedEvent, Clock, Store } from "@multichat/core/ports";
import { type ChannelId, type EventId, type Header, decodeHeader } from "@multichat/protocol";
import type { Space, Spaces } from "../joining/spaces.ts";

/** Events in one go: some ten milliseconds at most, and time for others after each. */
const slice = 300;
/** Clocks jump and are corrected, so a long wait is looked at again now and then. */
const lookAgainMs = 60_000;
/** Together with what else goes meanwhile. */
const settleMs = 1_000;
/** Somebody was reading when the log was to be emptied. */
const settleAgainMs = 1_000;

export interface Expiry {
  /** Content was stored. */
  arrived(space: Space, events: readonly { id: EventId; header: Header; wire: { payload: Uint8Array | null } }[]): void;
  /** The control log changed: another retention may be in force. */
  check(space: Space): void;
  /** Destroys all that is due, before anything is shown, and what a former run left in the files. */
  purgeDue(): void;
  /** Something was destroyed or dropped: its bytes are to leave the files too. */
  settle(): void;
  /** When a message disappears, as things are; null: it stays. */
  of(space: Space, header: Header): number | null;
  stop(): void;
}

export function createExpiry(deps: {
  store: Store;
  clock: Clock;
  spaces: Spaces;
  now(): number;
  guarded(work: () => void): void;
  /** No longer shown in this timeline of a channel. */
  gone(space: Space, channel: ChannelId, timeline: ChannelId, ids: readonly EventId[]): void;
  /** Something that was said about these is gone. */
  changed(space: Space, ids: readonly EventId[]): void;
}): Expiry {
  const { store, clock, spaces } = deps;
  /** What was in force when a space was looked at last. */
  const known = new Map<string, string>();
  let cancelDue: (() => void) | null = null;
  let cancelSettle: (() => void) | null = null;
  const stops = new Set<() => void>();

  function retentions(space: Space): string {
    const state = space.replica.state();
    return state === null ? "" : retentionsIn(state);
  }

  function of(space: Space, header: Header): number | null {
    const state = space.replica.state();
    return state === null ? null : expiryOf(state, header);
  }

  function note(space: Space, events: readonly { id: EventId; header: Header }[]): void {
    const expiries = events.map(({ id, header }) => ({ event: id, at: of(space, header) }));
    store.putExpiries(expiries);
  }

  /** There is something to destroy, or that it was taken back is still shown, or what was said about it came before it. */
  function isHere(id: EventId, payload: Uint8Array | null): boolean {
    return payload !== null || store.timelineEntry(id) !== null || store.isAnnotated(id);
  }

  /** Not everything of a space was looked at by the retentions in force, and a stop must not make that be forgotten. */
  const unfinished = (space: Space): string => `expiry/${space.id}`;

  /** What is due by another retention is so at once; when the rest will be is looked at a slice at a time. */
  function look(space: Space, state: ControlState): void {
    const channels = [...state.channels.keys()];
    const now = deps.now();
    store.transaction(() => {
      store.putSetting(unfinished(space), "1");
      // Of sixty thousand it takes a tenth of a second, and only once.
      for (const channel of channels) store.putExpiryBefore(channel, dueBefore(state, channel, now), now);
    });
    again(space, retentions(space), channels, null);
    wait();
  }

  /** Everything of these channels anew, by what was in force when that began: if it is another by now, so is who looks. */
  function again(space: Space, by: string, [channel, ...others]: readonly ChannelId[], before: { hlc: bigint; id: EventId } | null): void {
    if (known.get(space.id) !== by) return;
    if (channel === undefined) return store.transaction(() => store.putSetting(unfinished(space), null));
    const events = store.eventsBefore(channel, before, slice);
    store.transaction(() => note(space, events.filter(({ id, payload }) => isHere(id, payload)).flatMap(withHeader)));
    wait();
    const isDone = events.length < slice;
    const stop = clock.after(0, () => {
      stops.delete(stop);
      deps.guarded(() => again(space, by, isDone ? others : [channel, ...others], isDone ? null : events.at(-1)!));
    });
    stops.add(stop);
  }

  /** @returns whether there may be more */
  function purge(): boolean {
    const { shown, targets, more } = store.purgeDue(deps.now(), slice);
    for (const [timeline, gone] of Map.groupBy(shown, (one) => one.timeline)) {
      const { space: id, channel } = gone[0]!;
      const space = spaces.get(id);
      if (space !== null) deps.gone(space, channel, timeline, gone.map(({ event }) => event));
    }
    const about = targets.flatMap((id) => store.event(id) ?? []);
    for (const [id, events] of Map.groupBy(about, (event) => event.space)) {
      const space = spaces.get(id);
      if (space !== null) deps.changed(space, events.map((event) => event.id));
    }
    return more;
  }

  /** The bytes leave the files too, while others have their turn. */
  function settle(waitMs = settleMs): void {
    cancelSettle ??= clock.after(waitMs, () => {
      cancelSettle = null;
      deps.guarded(() => {
        const left = store.settlePurge();
        if (left !== "done") settle(left === "busy" ? settleAgainMs : 0);
      });
    });
  }

  function wait(): void {
    cancelDue?.();
    const next = store.nextExpiry();
    cancelDue = next === null ? null : clock.after(Math.min(lookAgainMs, Math.max(0, next - deps.now())), () => {
      cancelDue = null;
      deps.guarded(() => {
        if (next > deps.now()) return;
        purge();
        settle();
      });
      wait();
    });
  }

  return {
    of,
    arrived(space, events) {
      const expiring = events.filter(({ id, header, wire }) => header.channel !== header.space && of(space, header) !== null && isHere(id, wire.payload));
      if (expiring.length === 0) return;
      store.transaction(() => note(space, expiring));
      wait();
    },
    check(space) {
      const state = space.replica.state();
      const now = retentions(space);
      if (state === null || (known.get(space.id) ?? "") === now) return;
      known.set(space.id, now);
      look(space, state);
    },
    purgeDue() {
      for (const space of spaces.all()) {
        const state = space.replica.state();
        known.set(space.id, retentions(space));
        if (state !== null && store.setting(unfinished(space)) !== null) look(space, state);
      }
      while (purge());
      settle(0);
      wait();
    },
    settle: () => settle(),
    stop() {
      for (const stop of [cancelDue, cancelSettle, ...stops]) stop?.();
    },
  };
}

function withHeader({ id, header: bytes }: ArrivedEvent): { id: EventId; header: Header }[] {
  const header = decodeHeader(bytes);
  return header.ok ? [{ id, header: header.value }] : [];
}
