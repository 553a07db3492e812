/** Registers (spec/04-control.md, rule 4): a write counts until somebody who has seen it writes again; of several at once the most senior. */
import { register, type Standing } from "../acts.ts";
import type { Judged } from "../judged.ts";
import type { Past } from "../log.ts";
import { newest } from "./roles.ts";

/** The write that counts, of those given; null if there is none. */
export function winner(writes: readonly Standing[]): Standing | null {
  return newest(writes).sort(bySeniority)[0] ?? null;
}

function bySeniority(a: Standing, b: Standing): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  const [one, other] = [a.fact.header.hlc, b.fact.header.hlc];
  if (one !== other) return one > other ? -1 : 1;
  return a.fact.id > b.fact.id ? -1 : 1;
}

/** A policy's value in a past. @param senior only what was written at ranks senior to this counts */
export function policyIn({ acts, genesis }: Judged, key: string, past: Past, senior: number): string | number | undefined {
  const writes = acts.registers.of(register("policy", key)).filter(({ fact, rank }) => rank < senior && past.has(fact.index));
  const control = winner(writes)?.fact.control;
  return control?.kind === "policy.set" ? control.payload.value : genesis.policy.get(key);
}
