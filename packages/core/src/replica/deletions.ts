/**
 * Which events were taken back by which `delete` (spec/03-events.md, Deleting), whatever comes of it: an event that one names
 * is taken without its payload, or its header would be missing from its feed for good.
 */
import { type ChannelId, type EventId, type SpaceId, decodeContent } from "@multichat/protocol";
import type { Event } from "../events/event.ts";
import type { Store } from "../ports/index.ts";

/** A `delete` that is held. */
export interface Deletion {
  id: EventId;
  target: EventId;
  channel: ChannelId;
}

export interface Deletions {
  note(event: Event): void;
  of(target: EventId): readonly Deletion[];
  get(id: EventId): Deletion | null;
  all(): Iterable<Deletion>;
}

export function createDeletions(store: Store, space: SpaceId): Deletions {
  const prefix = deletionsOf(space);
  const byTarget = new Map<EventId, Deletion[]>();
  const byId = new Map<EventId, Deletion>();

  function keep(deletion: Deletion): void {
    byId.set(deletion.id, deletion);
    byTarget.set(deletion.target, [...(byTarget.get(deletion.target) ?? []), deletion]);
  }

  for (const { key, value } of store.settings(prefix)) keep({ ...(JSON.parse(value) as Omit<Deletion, "id">), id: key.slice(prefix.length) as EventId });

  return {
    note({ id, header, wire }) {
      if (header.kind !== "delete" || wire.payload === null) return;
      const read = decodeContent("delete", wire.payload);
      if (!read.ok) return;
      const deletion = { target: read.value.target, channel: header.channel as ChannelId };
      store.putSetting(prefix + id, JSON.stringify(deletion));
      keep({ ...deletion, id });
    },
    of: (target) => byTarget.get(target) ?? [],
    get: (id) => byId.get(id) ?? null,
    all: () => byId.values(),
  };
}

export function deletionsOf(space: SpaceId): string {
  return `delete/${space}/`;
}
