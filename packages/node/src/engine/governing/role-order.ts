/** Where roles stand: ranks are immutable integers, 1,000 apart where there is room (spec/04-control.md). */
import type { ControlState, Role } from "@multichat/core";
import type { EventId } from "@multichat/protocol";
import { Failure } from "../failure.ts";

/** Between two new roles. */
const gap = 1_000;

/** Roles in use, most senior first: without those that a moved one left behind. */
export function rolesInUse(state: ControlState): Role[] {
  const held = new Set([...state.members.values()].flatMap(({ grants }) => grants.map(({ role }) => role.id)));
  const all = [...state.roles.values()].sort(bySeniority);
  return all.filter((role) => held.has(role.id) || role.permissions !== 0 || !all.some((other) => other !== role && other.name === role.name));
}

function bySeniority(a: Role, b: Role): number {
  return a.rank - b.rank || (a.id < b.id ? -1 : 1);
}

/** A rank right below a role; without one, below all. @throws Failure where there is no room */
export function rankBelow(state: ControlState, above: EventId | null): number {
  const ranks = [...state.roles.values()].map(({ rank }) => rank).sort((a, b) => a - b);
  if (above === null) return ranks.at(-1)! + gap;
  const role = state.roles.get(above);
  if (role === undefined) throw new Failure("not-found", "There is no such role here.");
  const next = ranks.find((rank) => rank > role.rank);
  if (next === undefined) return role.rank + gap;
  const middle = Math.floor((role.rank + next) / 2);
  if (middle === role.rank) throw new Failure("not-allowed", "There is no room left between these two roles. Choose another place.");
  return middle;
}
