/** Scheduled messages that went out late, because this node was off or asleep when they were due: known to it alone. */
import type { Store } from "@multichat/core/ports";
import type { EventId, SpaceId } from "@multichat/protocol";

/** Whoever is looked at again in a minute may be as late as that. */
export const lateMs = 60_000;

/** Of a space, what is kept of it. */
export const sentLateIn = (space: SpaceId): string => `sent-late/${space}/`;

/** @param due when it was to be sent, ms */
export function noteSentLate(store: Store, space: SpaceId, event: EventId, due: number): void {
  store.putSetting(sentLateIn(space) + event, String(due));
}

/** When it was to be sent; null where it was in time, or was scheduled nowhere here. */
export function dueOf(store: Pick<Store, "setting">, space: SpaceId, event: EventId): number | null {
  const due = store.setting(sentLateIn(space) + event);
  return due === null ? null : Number(due);
}
