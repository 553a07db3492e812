/**
 * Cuts of the control log itself (spec/04-control.md, Cuts): somebody strictly senior ends what a device did there at a
 * place of its feed, where an unbinding or a proof that acts causally is not enough.
 */
import type { ChannelId, EventId } from "@multichat/protocol";
import type { Fact, GrantFact } from "../facts.ts";
import { type Judged, saw } from "../judged.ts";

/** Whether a more senior cut lies before this event of the control log. */
export function cutOff(judged: Judged, event: Fact, grant: GrantFact): boolean {
  const { acts, facts } = judged;
  const cuts = acts.cuts.of(facts.log.space as unknown as ChannelId).flatMap(({ fact, rank }) => {
    if (fact.control?.kind !== "cut" || rank >= grant.rank || facts.at(grant.index).past.has(facts.get(fact.control.payload.cause)!.index)) return [];
    const point = fact.control.payload.devices.find(([device]) => device === event.header.device);
    return point === undefined ? [] : [{ rank, seq: point[1], hash: point[2], fact }];
  });
  if (cuts.length === 0) return false;
  const senior = Math.min(...cuts.map(({ rank }) => rank));
  const counting = cuts.filter(({ rank }) => rank === senior);
  const last = counting.reduce((best, cut) => (judged.rules.laterPoint(best.seq, cut.seq) === cut.seq ? cut : best));
  return event.header.seq > last.seq || !isBranch(judged, event, last.hash);
}

/** Whether the event is the one named, or before it in its feed. */
function isBranch({ facts }: Judged, event: Fact, hash: EventId): boolean {
  const point = facts.get(hash);
  return point === null || point === event || saw(point, event);
}
