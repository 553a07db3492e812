/** What a role allows in a given past, and what it no longer allows to who had not seen that (spec/04-control.md, rules 2 and 4). */
import type { EventId } from "@multichat/protocol";
import { ownerRole, type PermissionSet } from "../permissions.ts";
import type { Fact } from "../facts.ts";
import { type Judged, OneMore, saw } from "../judged.ts";
import type { Past } from "../log.ts";
import type { Standing } from "../acts.ts";
import { adopted } from "./adopt.ts";

/** As it was created. */
export function baseOf({ acts }: Judged, role: EventId): PermissionSet {
  const created = acts.roles.get(role)?.fact.control;
  return created?.kind === "role.create" ? created.payload.permissions : ownerRole.permissions;
}

/** Of writes of a bit, those that none of the others had seen count; of these one that turns it off wins. */
export function bitsIn(judged: Judged, role: EventId, past: Past): PermissionSet {
  if (judged.acts.roleSets.of(role).length === 0) return baseOf(judged, role);
  if (past instanceof OneMore) return sets(judged, past.one, role) ? bitsFrom(judged, role, past) : bitsIn(judged, role, past.past);
  return judged.remembered.in(past, `bits/${role}`, () => bitsFrom(judged, role, past));
}

function sets({ facts }: Judged, index: number, role: EventId): boolean {
  const { control } = facts.at(index);
  return control?.kind === "role.set" && control.payload.role === role;
}

function bitsFrom(judged: Judged, role: EventId, past: Past): PermissionSet {
  const base = baseOf(judged, role);
  const all = judged.acts.roleSets.of(role);
  const seen = all.filter(({ fact }) => past.has(fact.index));
  return bitsOf(seen).reduce((set, bit) => {
    const [on, off] = newest(seen.filter((standing) => touches(standing, bit))).reduce(
      ([turnedOn, turnedOff], standing) => ((changed(standing).off & bit) !== 0 ? [turnedOn, true] : [true, turnedOff]),
      [false, false],
    );
    return judged.rules.bitOf(on, off) ? set | bit : set & ~bit;
  }, base);
}

/** Bits that were turned off beside this event: it may not lean on them. */
export function takenBeside(judged: Judged, event: Fact, role: EventId): PermissionSet {
  let taken = 0;
  for (const cause of judged.acts.roleOffs.of(role)) {
    const { off } = changed(cause);
    if (!judged.rules.offReaches({ seenByEvent: saw(event, cause.fact), sawEvent: saw(cause.fact, event) })) continue;
    if (!adopted(judged, event, cause)) taken |= off;
  }
  return taken;
}

function changed({ fact }: Standing): { on: PermissionSet; off: PermissionSet } {
  return fact.control?.kind === "role.set" ? fact.control.payload : { on: 0, off: 0 };
}

function touches(standing: Standing, bit: number): boolean {
  const { on, off } = changed(standing);
  return ((on | off) & bit) !== 0;
}

function bitsOf(writes: readonly Standing[]): number[] {
  let left = writes.reduce((all, standing) => all | changed(standing).on | changed(standing).off, 0);
  const bits: number[] = [];
  while (left !== 0) {
    const bit = left & -left;
    bits.push(bit);
    left &= ~bit;
  }
  return bits;
}

/** Those that no other of them had seen. @param writes in the order of the log */
export function newest(writes: readonly Standing[]): Standing[] {
  if (writes.length < 2) return [...writes];
  const found: Standing[] = [];
  // What has seen another comes after it in the log; and what was seen by one that is not the newest was seen by the newest.
  for (let i = writes.length - 1; i >= 0; i--) {
    const one = writes[i]!;
    if (!found.some((other) => saw(other.fact, one.fact))) found.push(one);
  }
  return found;
}
