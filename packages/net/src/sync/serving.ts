/** Answering a `want` (spec/06-sync.md): the control log oldest first, content newest first, as far as credit goes. */
import { type Replica, holds } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import type { ChannelId, DeviceId, EventId, Ranges, WireEvent } from "@multichat/protocol";
import { lookUpAtMost, walkPage } from "./limits.ts";

export interface WantedRange {
  device: DeviceId;
  from: number;
  to: number;
}

type Wanted = Map<DeviceId, Ranges>;

/** The wanted events that are held, a page at a time. */
export function* wantedEvents(
  store: Store,
  replica: Replica,
  channel: ChannelId,
  ranges: readonly WantedRange[],
): Generator<WireEvent[]> {
  const wanted: Wanted = new Map();
  let total = 0;
  for (const { device, from, to } of ranges) {
    const list = wanted.get(device) ?? [];
    list.push([from, to]);
    wanted.set(device, list);
    total += to - from + 1;
  }
  for (const list of wanted.values()) list.sort((a, b) => a[0] - b[0]);
  if (channel === replica.space) yield controlEvents(replica, wanted);
  else if (total <= lookUpAtMost) yield lookUp(store, channel, wanted);
  else yield* walk(store, channel, wanted, total);
}

function controlEvents(replica: Replica, wanted: Wanted): WireEvent[] {
  return replica.log
    .events()
    .filter(({ header }) => holds(wanted.get(header.device) ?? [], header.seq))
    .map(({ wire }) => wire);
}

function lookUp(store: Store, channel: ChannelId, wanted: Wanted): WireEvent[] {
  const found: { hlc: bigint; id: EventId; event: WireEvent }[] = [];
  for (const [device, ranges] of wanted) {
    for (const [from, to] of ranges) {
      for (const stored of store.feedEvents(channel, device, from, to, lookUpAtMost)) {
        found.push({ hlc: stored.hlc, id: stored.id, event: wireOf(stored) });
      }
    }
  }
  found.sort((a, b) => (a.hlc === b.hlc ? (a.id < b.id ? 1 : -1) : a.hlc < b.hlc ? 1 : -1));
  return found.map(({ event }) => event);
}

function* walk(store: Store, channel: ChannelId, wanted: Wanted, total: number): Generator<WireEvent[]> {
  let before: { hlc: bigint; id: EventId } | null = null;
  let left = total;
  while (left > 0) {
    const page = store.eventsBefore(channel, before, walkPage);
    const last = page[page.length - 1];
    if (last === undefined) return;
    before = { hlc: last.hlc, id: last.id };
    const chosen = page.filter(({ device, seq }) => holds(wanted.get(device) ?? [], seq));
    left -= chosen.length;
    if (chosen.length > 0) yield chosen.map(wireOf);
  }
}

export function wireOf({ header, signature, salt, payload }: WireEvent): WireEvent {
  return { header, signature, salt, payload };
}
