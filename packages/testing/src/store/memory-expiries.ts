/** Expiry in the memory store. */
import type { Annotation, Store } from "@multichat/core/ports";
import type { EventId, SpaceId } from "@multichat/protocol";
import { deleteFrom, setIn, type UndoLog } from "./undo-log.ts";

type ExpiryMethods = "putExpiries" | "due" | "nextExpiry" | "purge" | "settlePurge";

export interface MemoryExpiries extends Pick<Store, ExpiryMethods> {
  dropSpace(space: SpaceId): void;
}

type Kept = Pick<
  Store,
  | "event"
  | "dropPayloads"
  | "timelineEntries"
  | "removeTimeline"
  | "removeAnnotations"
  | "removeSearch"
> & { about(target: EventId): readonly Annotation[] };

export function createMemoryExpiries(log: UndoLog, kept: Kept): MemoryExpiries {
  const expiries = new Map<EventId, number>();

  function purgeOne(id: EventId): void {
    for (const { channel } of kept.timelineEntries(id)) kept.removeTimeline(channel, [id]);
    kept.removeSearch([id]);
    kept.removeAnnotations([id]);
    kept.dropPayloads([id]);
    deleteFrom(log, expiries, id);
  }

  return {
    putExpiries: (added) =>
      log.transaction(() => {
        for (const { event, at } of added) {
          if (kept.event(event) === null)
            throw new RangeError("only an event that is held can expire");
          if (at === null) deleteFrom(log, expiries, event);
          else setIn(log, expiries, event, at);
        }
      }),
    due: (now, limit) =>
      [...expiries]
        .filter(([, at]) => at <= now)
        .toSorted(([, a], [, b]) => a - b)
        .slice(0, limit)
        .map(([id]) => id),
    nextExpiry: () => (expiries.size === 0 ? null : Math.min(...expiries.values())),
    purge: (events) =>
      log.transaction(() => {
        const all = new Set(events);
        for (const id of all)
          for (const { event, kind } of kept.about(id)) if (kind !== "reply") all.add(event);
        const gone = [...all].filter((id) => (kept.event(id)?.payload ?? null) !== null);
        for (const id of all) purgeOne(id);
        return gone;
      }),
    settlePurge: () => true,
    dropSpace(space) {
      for (const id of expiries.keys())
        if (kept.event(id)!.space === space) deleteFrom(log, expiries, id);
    },
  };
}
