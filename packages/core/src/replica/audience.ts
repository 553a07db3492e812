/** Whom an event may be given to (spec/06-sync.md, Audience). */
import type { DeviceId, Header } from "@multichat/protocol";
import type { ControlLog } from "../control/log.ts";
import { everything } from "../control/judged.ts";
import { policyIn } from "../control/rules/policies.ts";
import { grantsIn } from "../control/standing.ts";
import type { ControlState } from "../control/state.ts";

/** The account of this device must be a member now; and where history begins at the join, have been one for the author. */
export function mayRead(log: ControlLog, state: ControlState, device: DeviceId, header: Header): boolean {
  const account = state.devices.get(device);
  if (account === undefined) return false;
  if ((header.channel as string) === log.space || policyIn(state.judged, "history", everything, Number.POSITIVE_INFINITY) !== "join") return true;
  return grantsIn(state, log.pastOf(header.ctl), account).length > 0;
}

/**
 * How many events that made or ended the membership of this device's account the author of an event had seen. Of two events of
 * one feed with the same number, the device may read both or neither, and with them all between.
 */
export function membershipSeen(log: ControlLog, { judged: { acts }, devices }: ControlState, device: DeviceId, header: Header): number {
  const account = devices.get(device);
  if (account === undefined) return 0;
  const grants = acts.grantsOf.get(account) ?? [];
  const ends = [acts.removals.of(account), acts.leaves.of(account), ...grants.map(({ id }) => acts.revokes.of(id))].flat();
  const past = log.pastOf(header.ctl);
  return [...grants, ...ends.map(({ fact }) => fact)].filter(({ index }) => past.has(index)).length;
}
