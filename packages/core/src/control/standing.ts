/** Who stood how in a given past (spec/04-control.md, Content): grants and bindings as the heads of an event saw them. */
import type { AccountId, DeviceId, EventId } from "@multichat/protocol";
import type { ControlLog, Past } from "./log.ts";
import { inForce } from "./rules/removal.ts";
import type { ControlState, Grant } from "./state.ts";

/** Grants of an account in force in the past of these heads, most senior first. */
export function grantsAt(log: ControlLog, state: ControlState, heads: readonly EventId[], account: AccountId): Grant[] {
  return grantsIn(state, log.pastOf(heads), account);
}

export function grantsIn({ judged, grantsOf }: ControlState, past: Past, account: AccountId): Grant[] {
  const held = grantsOf.get(account) ?? [];
  return held.filter(({ id }) => inForce(judged, past, judged.acts.grants.get(id)!)).sort((a, b) => a.role.rank - b.role.rank || (a.id < b.id ? -1 : 1));
}

/** The account a device is bound to in the past of these heads: of several that claim it at once, the first by (hlc, id). */
export function boundAccount(log: ControlLog, state: ControlState, heads: readonly EventId[], device: DeviceId): AccountId | null {
  return state.judged.facts.devices.accountIn(log.pastOf(heads), device);
}
