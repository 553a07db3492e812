/** What came of taking events in: for those who store, show and pass on. */
import type { ChannelId, DeviceId, EventId } from "@multichat/protocol";
import type { Event } from "../events/event.ts";
import type { TimelineEntry } from "../ports/index.ts";

export interface Received {
  /** Stored just now, in the order given. */
  accepted: Event[];
  /** Timeline entries made for them. */
  shown: TimelineEntry[];
  /** No longer to be shown: content of a feed from where it forked, or that no longer stands. */
  hidden: { channel: ChannelId; ids: EventId[] }[];
  /** What was said about these changed: they are to be shown anew. */
  annotated: { channel: ChannelId; target: EventId }[];
  /** Shown again: content that stands after all. Stored before. */
  restored: TimelineEntry[];
  /** Own messages that others no longer accept, or do again: they stay in sight. */
  changed: { channel: ChannelId; ids: EventId[] }[];
  /** Control ancestors and fork proofs to ask for by id. */
  wanted: EventId[];
  refused: { id: EventId; device: DeviceId; why: string }[];
  /** Left out for now, however good: more than may come at once. To be asked for again. */
  postponed: number;
  controlChanged: boolean;
  /** Feeds newly found to fork, or earlier than was known. */
  forked: { channel: ChannelId; device: DeviceId }[];
  /** Signed by this device, and not by this node: another runs on a copy of its data, or newer data than this was lost. */
  foreign: EventId[];
}

export function nothingReceived(): Received {
  return { accepted: [], shown: [], hidden: [], annotated: [], restored: [], changed: [], wanted: [], refused: [], postponed: 0, controlChanged: false, forked: [], foreign: [] };
}
