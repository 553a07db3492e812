/**
 * Delivery marks (spec/07-records-and-invites.md): on how many devices a message is, of those it is for. It is for the devices it
 * may be given to (spec/06-sync.md, Audience): nobody waits for one that will never get it.
 */
import { lastSeq } from "@multichat/core";
import type { Store, StoredEvent } from "@multichat/core/ports";
import type { Delivery, DeliveryDetail, Person } from "@multichat/client/contract";
import { lists } from "@multichat/net/sync";
import { type AccountId, type ChannelId, type DeviceId, type Ranges, type SpaceId, decodeHeader } from "@multichat/protocol";
import type { Acks } from "./acks.ts";
import type { People } from "../trust/people.ts";
import type { Pushes } from "./pushes.ts";
import type { Space } from "../joining/spaces.ts";

/** Marks of messages further back are read when they are listed. */
const marksOnScreen = 300;

export interface DeliveryMarks {
  of(space: Space, event: StoredEvent): Delivery;
  detail(space: Space, event: StoredEvent): DeliveryDetail;
  /** Somebody acknowledged these messages of an own device: whoever watches is told. */
  acknowledged(space: Space, channel: ChannelId, device: DeviceId, ranges: Ranges): void;
  /** Members, their devices, or who is withheld from may be others than before. */
  audienceChanged(space: Space): void;
}

export function createDeliveryMarks(deps: { store: Store; acks: Acks; people: People; self: DeviceId; pushes(): Pushes }): DeliveryMarks {
  const { store, acks, people, self } = deps;
  const audiences = new Map<SpaceId, string>();

  const listed = (space: Space): DeviceId[] => [...(space.replica.state()?.devices.keys() ?? [])].filter((device) => lists(space, device));

  /** The devices it is for, without the one that wrote it. */
  function readers(space: Space, event: StoredEvent): DeviceId[] {
    const header = decodeHeader(event.header);
    return listed(space).filter((device) => device !== event.device && header.ok && space.replica.mayRead(device, header.value));
  }

  /** Of the readers; where another device of this person wrote it, this one is among them, which tells itself nothing. */
  function holders(event: StoredEvent, others: readonly DeviceId[]): DeviceId[] {
    const told = new Set(acks.holders(event, others));
    return others.filter((device) => device === self || told.has(device));
  }

  function of(space: Space, event: StoredEvent): Delivery {
    const others = readers(space, event);
    return { stored: true, devices: holders(event, others).length, of: others.length };
  }

  function byPerson(space: Space, devices: readonly DeviceId[]): { person: Person; devices: number }[] {
    const counts = new Map<AccountId, number>();
    for (const device of devices) {
      const owner = space.replica.state()!.devices.get(device)!;
      counts.set(owner, (counts.get(owner) ?? 0) + 1);
    }
    return [...counts].map(([owner, count]) => ({ person: people.person(owner), devices: count }));
  }

  function say(space: Space, channel: ChannelId, device: DeviceId, ranges: Ranges): void {
    const last = ranges[ranges.length - 1];
    if (last === undefined || !deps.pushes().watched(channel)) return;
    const from = Math.max(ranges[0]![0], last[1] - marksOnScreen);
    const events = store.feedEvents(channel, device, from, last[1], marksOnScreen + 1);
    deps.pushes().delivery(channel, events.map((event) => ({ message: event.id, delivery: of(space, event) })));
  }

  return {
    of,
    detail(space, event) {
      const others = readers(space, event);
      const have = new Set(holders(event, others));
      return {
        stored: true,
        devices: have.size,
        of: others.length,
        has: byPerson(space, [...have]),
        waiting: byPerson(space, others.filter((device) => !have.has(device))),
      };
    },
    acknowledged: say,
    audienceChanged(space) {
      const audience = listed(space).sort().join();
      if (audiences.get(space.id) === audience) return;
      audiences.set(space.id, audience);
      for (const channel of space.replica.state()?.channels.keys() ?? []) {
        const feed = space.replica.feeds.get(channel, self);
        if (feed !== null) say(space, channel, self, [[1, lastSeq(feed)]]);
      }
    },
  };
}
