/** Several members may let in the same person at once, each by an event of its own: of these, the first stands for all. */
import type { EventId } from "@multichat/protocol";
import type { ControlEvent } from "@multichat/core";
import type { Space } from "../joining/spaces.ts";

/** Those that have effect, and are beside an earlier one of the same request. */
export function repeatedAdmits({ replica: { log, state } }: Space): ReadonlySet<EventId> {
  const without = state()!.void;
  const firsts = new Map<EventId, ControlEvent>();
  const repeated = new Set<EventId>();
  for (const event of log.events().toSorted(byStamp)) {
    if (event.control?.kind !== "admit" || without.has(event.id)) continue;
    const first = firsts.get(event.control.payload.join);
    if (first !== undefined && !log.inPast([event.id], first.id)) repeated.add(event.id);
    else firsts.set(event.control.payload.join, event);
  }
  return repeated;
}

function byStamp({ header: a, id: one }: ControlEvent, { header: b, id: other }: ControlEvent): number {
  if (a.hlc !== b.hlc) return a.hlc < b.hlc ? -1 : 1;
  return one < other ? -1 : 1;
}
