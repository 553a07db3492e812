/** What one peer may be given of a space (spec/06-sync.md, Audience): as it is now, however long ago it was asked for. */
import { union } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import { type ChannelId, type DeviceId, type Header, type Ranges, type WireEvent, decodeHeader, isControl } from "@multichat/protocol";
import { type SyncSpace, lists } from "./host.ts";

export interface Audience {
  /** Whether the peer belongs to the space, and is given anything. */
  isListed(): boolean;
  mayRead(header: Header): boolean;
  /** Whether what was written before somebody joined is none of theirs. */
  startsAtJoining(): boolean;
  /** Whether the peer may have been told less at this arrival than it may know now. */
  mayHaveGrownSince(arrival: number): boolean;
  /** Of these events, those that the peer may have. */
  readable(events: WireEvent[]): WireEvent[];
  /**
   * Of these seqs of a feed, which are held, those that the peer may have. Of a feed whose events act under less of the control
   * log than those before them, it may name too many: what is sent is looked at once more.
   */
  readableSeqs(channel: ChannelId, device: DeviceId, held: Ranges): Ranges;
}

export function createAudience(deps: { space: SyncSpace; peer: DeviceId; store: Store }): Audience {
  const { space, peer, store } = deps;

  function startsAtJoining(): boolean {
    return space.replica.state()?.policies.get("history") === "join";
  }

  function at(channel: ChannelId, device: DeviceId, seq: number): { reads: boolean; seen: number } {
    const [event] = store.eventsAt(channel, device, seq);
    const header = event === undefined ? null : decodeHeader(event.header);
    if (header === null || !header.ok) return { reads: false, seen: -1 };
    const { replica } = space;
    return { reads: replica.mayRead(peer, header.value), seen: replica.membershipSeen(peer, header.value) };
  }

  function part(channel: ChannelId, device: DeviceId, from: number, to: number): Ranges {
    const [first, last] = [at(channel, device, from), at(channel, device, to)];
    if (first.seen === last.seen) return first.reads ? [[from, to]] : [];
    const middle = Math.floor((from + to) / 2);
    return union(part(channel, device, from, middle), part(channel, device, middle + 1, to));
  }

  return {
    isListed: () => lists(space, peer),
    startsAtJoining,
    mayHaveGrownSince(arrival) {
      if (startsAtJoining()) return false;
      const { log, feeds, space: id } = space.replica;
      const decided = log.events().some(({ control }) => control?.kind === "policy.set" && control.payload.key === "history");
      return decided && [...feeds.all()].some((feed) => feed.channel === id && feed.arrival > arrival);
    },
    mayRead: (header) => space.replica.mayRead(peer, header),
    readable(events) {
      if (!startsAtJoining()) return events;
      return events.filter(({ header }) => {
        const read = decodeHeader(header);
        return read.ok && space.replica.mayRead(peer, read.value);
      });
    },
    readableSeqs(channel, device, held) {
      if (isControl({ space: space.replica.space, channel }) || !startsAtJoining()) return held;
      return held.reduce<Ranges>((found, [from, to]) => union(found, part(channel, device, from, to)), []);
    },
  };
}
