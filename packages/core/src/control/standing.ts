/** Who stood how in a given past (spec/04-control.md): grants, permissions and bindings as the heads of an event saw them. */
import type { AccountId, DeviceId, EventId } from "@multichat/protocol";
import type { ControlLog } from "./log.ts";
import type { PermissionSet } from "./permissions.ts";
import type { Binding, ControlState, Grant } from "./state.ts";

/** Grants of an account in force in the past of these heads, most senior first. */
export function grantsAt(log: ControlLog, state: ControlState, heads: readonly EventId[], account: AccountId): Grant[] {
  const found: Grant[] = [];
  for (const grant of state.grantsOf.get(account) ?? []) if (grantStands(log, state, heads, grant)) found.push(grant);
  return found.sort((a, b) => a.role.rank - b.role.rank || (a.id < b.id ? -1 : 1));
}

export function grantStands(log: ControlLog, state: ControlState, heads: readonly EventId[], grant: Grant): boolean {
  if (!log.inPast(heads, grant.event)) return false;
  return !state.leaves.some(
    (leave) =>
      leave.account === grant.account && log.inPast(heads, leave.event) && log.inPast([leave.event], grant.event),
  );
}

export function permissionsAt(
  log: ControlLog,
  state: ControlState,
  heads: readonly EventId[],
  account: AccountId,
): PermissionSet {
  const grants = grantsAt(log, state, heads, account);
  if (grants.length === 0) return 0;
  return grants.reduce((set, grant) => set | grant.role.permissions, state.genesis.everyone);
}

function bindingStands(log: ControlLog, state: ControlState, heads: readonly EventId[], binding: Binding): boolean {
  if (!log.inPast(heads, binding.event)) return false;
  return !state.unbindings.some(
    ({ device, account, event }) =>
      device === binding.device &&
      account === binding.account &&
      log.inPast(heads, event) &&
      log.inPast([event], binding.event),
  );
}

export function isBound(
  log: ControlLog,
  state: ControlState,
  heads: readonly EventId[],
  device: DeviceId,
  account: AccountId,
): boolean {
  return boundAccount(log, state, heads, device) === account;
}

/** The account a device is bound to in the past of these heads: of several that claim it at once, the first by (hlc, id). */
export function boundAccount(
  log: ControlLog,
  state: ControlState,
  heads: readonly EventId[],
  device: DeviceId,
): AccountId | null {
  let first: { account: AccountId; hlc: bigint; event: EventId } | null = null;
  for (const binding of state.bindingsOf.get(device) ?? []) {
    if (!bindingStands(log, state, heads, binding)) continue;
    const { account, event } = binding;
    const { hlc } = log.get(event)!.header;
    if (first === null || hlc < first.hlc || (hlc === first.hlc && event < first.event)) first = { account, hlc, event };
  }
  return first?.account ?? null;
}
