/**
 * Unbinding that the identity key signed (spec/04-control.md, rule 7): it reaches what its author had not seen of the device,
 * and of devices that this one has let in meanwhile. Any other unbinding acts for those who have seen it, as the binding does.
 */
import type { DeviceId } from "@multichat/protocol";
import type { Fact, GrantFact } from "../facts.ts";
import { type Judged, saw } from "../judged.ts";
import type { Past } from "../log.ts";
import type { Unbind } from "./devices.ts";

/** Whether the device of an event under this grant had been given up for good by its account. */
export function disowned(judged: Judged, event: Fact, grant: GrantFact): boolean {
  return given(judged, event.header.device, grant, event.past, event.index);
}

/** Whether whoever let a device in had been given up before. How far its own content stands is for cuts to say. */
export function isGivenUp(judged: Judged, device: DeviceId, grant: GrantFact, past: Past): boolean {
  const { devices, at } = judged.facts;
  const binds = devices.bindsOf(device).filter((bind) => bind.account === grant.account && past.has(bind.index));
  return binds.length > 0 && binds.every((bind) => "device" in bind.by && given(judged, bind.by.device, grant, at(bind.index).past, bind.index));
}

/** @param index of what the device did */
function given(judged: Judged, device: DeviceId, grant: GrantFact, past: Past, index: number): boolean {
  const { devices, at } = judged.facts;
  const reached = devices.unbindsOf(device).some(
    (unbind) => unbind.strong && unbind.account === grant.account && !at(unbind.index).past.has(index) && !tooLate(judged, unbind, grant),
  );
  return reached || isGivenUp(judged, device, grant, past);
}

/** What was removed cannot take back what it did before. */
function tooLate({ acts, facts }: Judged, unbind: Unbind, grant: GrantFact): boolean {
  const made = facts.at(grant.index);
  const by = facts.at(unbind.index);
  const after = ({ fact, rank }: { fact: Fact; rank: number }): boolean => rank < grant.rank && !saw(fact, by);
  return acts.removals.of(grant.account).some((cause) => after(cause) && !saw(made, cause.fact)) || acts.revokes.of(grant.id).some(after);
}

