/** Expiry in the memory store. */
import type { Annotation, Purged, Store } from "@multichat/core/ports";
import type { EventId, SpaceId } from "@multichat/protocol";
import { deleteFrom, setIn, type UndoLog } from "./undo-log.ts";

type ExpiryMethods = "putExpiries" | "putExpiryBefore" | "expiry" | "nextExpiry" | "purgeDue" | "settlePurge";

export interface MemoryExpiries extends Pick<Store, ExpiryMethods> {
  dropSpace(space: SpaceId): void;
}

type Kept = Pick<
  Store,
  | "event"
  | "channelEvents"
  | "dropPayloads"
  | "timelineEntries"
  | "removeTimeline"
  | "removeAnnotations"
  | "removeSearch"
> & {
  about(target: EventId): readonly Annotation[];
  targetsOf(event: EventId): readonly EventId[];
  removeBlobNames(events: readonly EventId[]): void;
};

/** When each event is to be purged. */
export type DueTimes = Map<EventId, number>;

/** What is not due at this time; without one, everything. */
export function isKept(times: DueTimes, id: EventId, due: number | undefined): boolean {
  return due === undefined || (times.get(id) ?? Infinity) > due;
}

export function createMemoryExpiries(
  log: UndoLog,
  expiries: DueTimes,
  kept: Kept,
): MemoryExpiries {
  function purgeOne(id: EventId): void {
    for (const { channel } of kept.timelineEntries(id)) kept.removeTimeline(channel, [id]);
    kept.removeSearch([id]);
    kept.removeAnnotations([id]);
    kept.dropPayloads([id]);
    kept.removeBlobNames([id]);
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
    putExpiryBefore: (channel, before, at) =>
      log.transaction(() => {
        for (const { id, hlc, payload } of kept.channelEvents(channel)) {
          if (hlc >= before || (payload === null && kept.timelineEntries(id).length === 0)) continue;
          setIn(log, expiries, id, Math.min(at, expiries.get(id) ?? at));
        }
      }),
    expiry: (event) => expiries.get(event) ?? null,
    nextExpiry(after = -Infinity) {
      const later = [...expiries.values()].filter((at) => at > after);
      return later.length === 0 ? null : Math.min(...later);
    },
    purgeDue: (now, limit) =>
      log.transaction((): Purged => {
        const due = [...expiries]
          .filter(([, at]) => at <= now)
          .toSorted(([, a], [, b]) => a - b)
          .slice(0, limit)
          .map(([id]) => id);
        const all = new Set(due);
        for (const id of all)
          for (const { event, kind } of kept.about(id)) if (kind !== "reply" && kind !== "imported") all.add(event);
        const events = [...all].filter((id) => kept.event(id)!.payload !== null);
        const shown = [...all].flatMap((id) => {
          const { space, channel } = kept.event(id)!;
          return kept
            .timelineEntries(id)
            .map((entry) => ({ space, channel, timeline: entry.channel, event: id }));
        });
        const targets = new Set([...all].flatMap(kept.targetsOf));
        for (const id of all) purgeOne(id);
        return {
          events,
          shown,
          targets: [...targets].filter((id) => !all.has(id)),
          more: due.length === limit,
        };
      }),
    settlePurge: () => "done",
    dropSpace(space) {
      for (const id of expiries.keys())
        if (kept.event(id)!.space === space) deleteFrom(log, expiries, id);
    },
  };
}
