/**
 * Content that is stored and does not stand as things are (spec/04-control.md, Kept without standing): why, and of whom. It is
 * kept because more senior control events may make it stand, and bounded, so that nobody fills a disk after being removed.
 */
import type { AccountId, ChannelId, DeviceId, EventId, SpaceId } from "@multichat/protocol";
import type { Store } from "../ports/index.ts";

export const hiddenLimits = {
  /** Of one account in a space: what it may have written before it heard of its removal. More is refused until it is settled. */
  events: 512,
} as const;

export interface HiddenEvent {
  id: EventId;
  channel: ChannelId;
  device: DeviceId;
  seq: number;
  prev: EventId;
  /** By its grant. */
  account: AccountId | null;
  why: string;
  /** Whether a cut or fence has settled it: then it does not count as held. */
  settled: boolean;
}

export interface Hidden {
  get(id: EventId): HiddenEvent | null;
  all(): Iterable<HiddenEvent>;
  put(event: HiddenEvent): void;
  remove(id: EventId): void;
  hasRoom(account: AccountId | null): boolean;
}

export function createHidden(store: Store, space: SpaceId): Hidden {
  const prefix = `void/${space}/`;
  const events = new Map<EventId, HiddenEvent>();
  const counts = new Map<AccountId | null, number>();
  const count = ({ account, settled }: HiddenEvent, by: number): void => {
    if (!settled) counts.set(account, (counts.get(account) ?? 0) + by);
  };
  for (const { value } of store.settings(prefix)) {
    const event = JSON.parse(value) as HiddenEvent;
    events.set(event.id, event);
    count(event, 1);
  }
  return {
    get: (id) => events.get(id) ?? null,
    all: () => events.values(),
    put(event) {
      const before = events.get(event.id);
      if (before !== undefined) count(before, -1);
      events.set(event.id, event);
      count(event, 1);
      store.putSetting(prefix + event.id, JSON.stringify(event));
    },
    remove(id) {
      const before = events.get(id);
      if (before === undefined) return;
      count(before, -1);
      events.delete(id);
      store.putSetting(prefix + id, null);
    },
    hasRoom: (account) => (counts.get(account) ?? 0) < hiddenLimits.events,
  };
}
