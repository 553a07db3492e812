/** Whose thread a reply is in (spec/12-content.md, Threads): one hangs on a message of its own channel, and what names another's stands by itself. */
import type { ChannelId, EventId, SpaceId } from "@multichat/protocol";
import { threadOf } from "../content/kinds.ts";
import type { Crypto, Store, TimelineEntry, TimelinePosition } from "../ports/index.ts";

/** Rows looked at together. */
const page = 512;

export interface ThreadHeads {
  /** Whether the message that a reply in this channel names is none of the channel, as far as is known. */
  isElsewhere(channel: ChannelId, head: EventId): boolean;
  /** A message came: what names it from elsewhere is taken out of its thread. Answers where it stands now. */
  claim(channel: ChannelId, head: EventId): TimelineEntry[];
}

/** @param coming the channel of an event that is just being stored, or null */
export function createThreadHeads({ store, crypto }: { store: Store; crypto: Crypto }, space: SpaceId, coming: (id: EventId) => ChannelId | null): ThreadHeads {
  return {
    isElsewhere(channel, head) {
      const at = coming(head) ?? store.event(head)?.channel ?? null;
      if (at !== null) return at !== channel;
      // Until it is here the thread is of the space in which somebody was in it first.
      const first = store.timelineEnd(threadOf(crypto, head));
      return first !== null && store.event(first.id)?.space !== space;
    },
    claim(channel, head) {
      const thread = threadOf(crypto, head);
      if (store.timelineEnd(thread) === null) return [];
      const foreign: TimelineEntry[] = [];
      for (let before: TimelinePosition | null = null; ; ) {
        const rows = store.timeline(thread, before === null ? {} : { before }, page);
        for (const { event, ...entry } of rows) if (event.channel !== channel) foreign.push({ ...entry, channel: event.channel });
        if (rows.length < page) break;
        before = rows[0]!;
      }
      if (foreign.length === 0) return [];
      store.removeTimeline(thread, foreign.map(({ id }) => id));
      store.putTimeline(foreign);
      return foreign;
    },
  };
}
