/**
 * What came before its time (spec/03-events.md, Clock): messages that are shown where they arrived and move to their place when
 * due, and control events that are held until then.
 */
import type { Clock, Store, TimelineRow } from "@multichat/core/ports";
import type { ChannelId, EventId, SpaceId } from "@multichat/protocol";
import type { Space, Spaces } from "./joining/spaces.ts";

/** Clocks jump and are corrected, so a long wait is looked at again now and then. */
const lookAgainMs = 60_000;

export interface Dues {
  /** Something early may have come. */
  check(): void;
  stop(): void;
}

interface Early {
  id: EventId;
  space: SpaceId;
  channel: ChannelId;
  due: number;
}

export function createDues(deps: {
  clock: Clock;
  store: Store;
  spaces: Spaces;
  now(): number;
  /** Control events of this space are due. */
  retry(space: Space): void;
  moved(space: Space, channel: ChannelId, row: TimelineRow): void;
}): Dues {
  const { clock, store, spaces, now } = deps;
  let cancel: (() => void) | null = null;

  function early(): Early[] {
    return store.settings("early/").map(({ key, value }) => {
      const saved = JSON.parse(value) as Omit<Early, "id">;
      return { ...saved, id: key.slice("early/".length) as EventId };
    });
  }

  function place({ id, space: spaceId, channel }: Early): void {
    const event = store.event(id);
    const entries = event === null ? [] : store.timelineEntries(id).map((entry) => ({ ...entry, time: event.hlc }));
    store.transaction(() => {
      store.putSetting(`early/${id}`, null);
      store.putTimeline(entries);
    });
    const space = spaces.get(spaceId);
    if (space !== null && event !== null) for (const entry of entries) deps.moved(space, channel, { ...entry, event });
  }

  function check(): void {
    cancel?.();
    cancel = null;
    for (const one of early()) if (one.due <= now()) place(one);
    for (const space of spaces.all()) {
      const due = space.replica.nextDue();
      if (due !== null && due <= now()) deps.retry(space);
    }
    const next = Math.min(...early().map(({ due }) => due), ...[...spaces.all()].map(({ replica }) => replica.nextDue() ?? Infinity));
    if (next !== Infinity) cancel = clock.after(Math.min(Math.max(0, next - now()), lookAgainMs), check);
  }

  return {
    check,
    stop() {
      cancel?.();
    },
  };
}
