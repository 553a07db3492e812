/** Who stood how in a given past (spec/04-control.md, Content): grants and bindings as the heads of an event saw them. */
import type { AccountId, DeviceId, EventId } from "@multichat/protocol";
import type { ControlLog, Past } from "./log.ts";
import { includes } from "./permissions.ts";
import { permissionOf } from "./rules/kinds.ts";
import { inForce } from "./rules/removal.ts";
import { bitsIn } from "./rules/roles.ts";
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

/** The grant to write an event of this kind under: the most senior that has what the kind needs; without one, the most senior. */
export function grantFor(log: ControlLog, state: ControlState, heads: readonly EventId[], account: AccountId, kind: string): Grant | null {
  const grants = grantsAt(log, state, heads, account);
  const permission = permissionOf(kind);
  const past = log.pastOf(heads);
  const holds = ({ role }: Grant): boolean => permission !== null && includes(bitsIn(state.judged, role.id, past) | state.genesis.everyone, permission);
  return grants.find(holds) ?? grants[0] ?? null;
}
