/**
 * Devices that their account took back (spec/04-control.md, rule 7), for an event under a grant: whoever was removed cannot take
 * back what was done before. Any other unbinding acts for those who have seen it, as the binding does.
 */
import type { DeviceId } from "@multichat/protocol";
import type { Fact, GrantFact } from "../facts.ts";
import { type Judged, saw } from "../judged.ts";
import type { Past } from "../log.ts";
import type { Unbind } from "./devices.ts";
import type { TakingBack } from "./taking-back.ts";

/** Whether the device of an event under this grant had been given up for good by its account. */
export function disowned(judged: Judged, event: Fact, grant: GrantFact): boolean {
  const taking = takingBack(judged, grant, disarmings(judged, event, grant));
  return taking !== null && (taking.isTaken(event.header.device, event.index) || taking.isGivenUp(event.header.device, event.past));
}

/** Whether all that let a device in was taken back. How far its own content stands is for cuts to say. */
export function isGivenUp(judged: Judged, device: DeviceId, grant: GrantFact, past: Past): boolean {
  return takingBack(judged, grant)?.isGivenUp(device, past) ?? false;
}

/** Unbindings of a device of the account, but for those that were taken back. */
export function unbindingsOf(judged: Judged, device: DeviceId, grant: GrantFact): Unbind[] {
  const taking = takingBack(judged, grant);
  return judged.facts.devices.unbindsOf(device).filter((unbind) => unbind.account === grant.account && (taking === null || taking.ends(unbind)));
}

const known = new WeakMap<Judged, Map<string, TakingBack>>();

/** When the role lost rights, by whoever had seen the event: who has none left cannot undo what they were used for. */
function disarmings({ acts, facts }: Judged, event: Fact, grant: GrantFact): number[] {
  if (!facts.devices.tookBack(grant.account)) return [];
  return acts.roleOffs.of(grant.role).filter(({ fact, rank }) => rank < grant.rank && saw(fact, event)).map(({ fact }) => fact.index);
}

/** Null for an account that took nothing back. @param before what may have been taken back, all of these had seen that */
function takingBack(judged: Judged, grant: GrantFact, before: readonly number[] = []): TakingBack | null {
  const { rules, facts: { devices, at } } = judged;
  if (!devices.tookBack(grant.account)) return null;
  let ofGrants = known.get(judged);
  if (ofGrants === undefined) known.set(judged, (ofGrants = new Map()));
  const key = [grant.id, ...before].join();
  let found = ofGrants.get(key);
  if (found === undefined) {
    const disarmed = (index: number): boolean => !before.every((one) => at(one).past.has(index));
    const counts = (index: number): boolean => rules.takesBack({ removed: tooLate(judged, index, grant), disarmed: disarmed(index) });
    ofGrants.set(key, (found = devices.takingBack(grant.account, counts)));
  }
  return found;
}

function tooLate({ acts, facts }: Judged, index: number, grant: GrantFact): boolean {
  const made = facts.at(grant.index);
  const by = facts.at(index);
  const after = ({ fact, rank }: { fact: Fact; rank: number }): boolean => rank < grant.rank && !saw(fact, by);
  return acts.removals.of(grant.account).some((cause) => after(cause) && !saw(made, cause.fact)) || acts.revokes.of(grant.id).some(after);
}
