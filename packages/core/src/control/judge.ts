/**
 * Which control events stand (spec/04-control.md, Order of judgement): from the most senior rank downwards, grants to a rank
 * before what is done with them. Nothing at a rank leans on what stands at the same rank or a more junior one, but for the
 * line of admissions, which runs along the past.
 */
import type { AnyControl, ControlPayload } from "@multichat/protocol";
import { Acts } from "./acts.ts";
import type { Fact, Facts, GrantFact } from "./facts.ts";
import { type Judged, createRemembered } from "./judged.ts";
import { isMechanical, parentRoots } from "./mechanical.ts";
import { admissionProblem } from "./rules/admission.ts";
import { kindProblem, mayRemove } from "./rules/kinds.ts";
import type { Rules } from "./rules/rules.ts";
import { shielded } from "./rules/seniority.ts";
import { cannotAct } from "./rules/standing-author.ts";
import { unusable } from "./rules/usable.ts";
import type { Crypto } from "../ports/index.ts";

export interface Judge {
  readonly judged: Judged;
  /** Events without effect, and why. */
  readonly why: ReadonlyMap<string, string>;
  /** Judges one more event, which nothing held has in its past and which takes nothing from what is held. */
  add(fact: Fact): void;
  /** Why an event that is not in the log would be without effect, or null. */
  ofStranger(fact: Fact): string | null;
}

export function createJudge(crypto: Crypto, facts: Facts, genesis: ControlPayload<"genesis">, rules: Rules): Judge {
  const acts = new Acts();
  const judged: Judged = { facts, acts, rules, genesis, remembered: createRemembered() };
  const why = new Map<string, string>();

  function stand(fact: Fact, rank: number, problem: string | null): void {
    if (problem === null) acts.add(fact, rank);
    else why.set(fact.id, problem);
  }

  function actingProblem(fact: Fact): string | null {
    if (fact.problem !== null) return fact.problem;
    if (fact.auth === "root") return facts.root.outdated(fact) ?? kindProblem(judged, fact);
    return cannotAct(judged, fact, fact.auth!) ?? kindProblem(judged, fact);
  }

  /** A grant's event has been judged, at a more senior rank, or is an admission. */
  function judgeGrant(grant: GrantFact): void {
    const made = facts.at(grant.index);
    if (why.has(made.id)) return;
    const problem = grantProblem(grant, made);
    if (problem === null) acts.addGrant(grant);
    else why.set(made.id, problem);
  }

  function grantProblem(grant: GrantFact, made: Fact): string | null {
    if (grant === facts.founder) return null;
    if (facts.roleIndex(grant.role) !== 0 && !acts.roles.has(grant.role)) return "an unknown role";
    if (grant.invite !== null) {
      const problem = made.problem ?? admissionProblem(judged, made, grant);
      if (problem !== null) return problem;
    }
    return unusable(judged, grant);
  }

  /** By its poster's most senior grant with which it could remove the account; or at rank 0, signed by the parent's root keys. */
  function judgeApplied(fact: Fact, control: Applied, rank: number): boolean {
    const { account, proof } = control.payload;
    if (rank === 0) return parentRoots({ crypto, log: facts.log, parents: genesis.parents, rules }, fact, account, proof);
    return (acts.grantsOf.get(fact.account!) ?? []).some(
      (grant) => grant.rank === rank && cannotAct(judged, fact, grant) === null && mayRemove(judged, fact, grant) && !shielded(judged, fact, rank, account),
    );
  }

  function settleApplied(fact: Fact, ranks: readonly number[]): void {
    const control = fact.control as Applied;
    const rank = fact.problem === null ? ranks.find((one) => judgeApplied(fact, control, one)) : undefined;
    if (rank !== undefined) acts.add(fact, rank);
  }

  function judgeAll(): void {
    const byRank = new Map<number, { grants: GrantFact[]; acting: Fact[] }>([[0, { grants: [], acting: [] }]]);
    const at = (rank: number) => {
      let found = byRank.get(rank);
      if (found === undefined) byRank.set(rank, (found = { grants: [], acting: [] }));
      return found;
    };
    let applied: Fact[] = [];
    for (const fact of facts.all()) {
      if (fact.index === 0) at(facts.founder.rank).grants.push(facts.founder);
      else if (fact.problem !== null) why.set(fact.id, fact.problem);
      else if (!isMechanical(fact.control!)) at(fact.rank).acting.push(fact);
      else if (fact.control.kind === "parent.applied") applied.push(fact);
      else if (fact.control.kind !== "admit") acts.add(fact, Number.POSITIVE_INFINITY);
      const grant = facts.grants.get(fact.id);
      if (grant !== undefined) at(grant.rank).grants.push(grant);
    }
    for (const rank of [...byRank.keys()].sort((a, b) => a - b)) {
      const { grants, acting } = byRank.get(rank)!;
      for (const grant of grants) judgeGrant(grant);
      applied = applied.filter((fact) => {
        settleApplied(fact, [rank]);
        return acts.removals.of((fact.control as Applied).payload.account).every((standing) => standing.fact !== fact);
      });
      for (const fact of acting) stand(fact, fact.rank, actingProblem(fact));
    }
    for (const { id } of applied) why.set(id, "by nobody who could remove the account");
  }

  function ranksOf(fact: Fact): number[] {
    const own = (acts.grantsOf.get(fact.account!) ?? []).map(({ rank }) => rank);
    return [0, ...new Set(own)].sort((a, b) => a - b);
  }

  judgeAll();
  return {
    judged,
    why,
    add(fact) {
      if (fact.problem !== null) why.set(fact.id, fact.problem);
      else if (!isMechanical(fact.control!)) stand(fact, fact.rank, actingProblem(fact));
      else if (fact.control.kind === "parent.applied") {
        settleApplied(fact, ranksOf(fact));
        if (!acts.removals.of(fact.control.payload.account).some((standing) => standing.fact === fact)) why.set(fact.id, "by nobody who could remove the account");
      } else if (fact.control.kind !== "admit") acts.add(fact, Number.POSITIVE_INFINITY);
      const grant = facts.grants.get(fact.id);
      if (grant !== undefined) judgeGrant(grant);
    },
    ofStranger: (fact) => fact.problem ?? (isMechanical(fact.control!) ? null : actingProblem(fact)),
  };
}

type Applied = AnyControl & { kind: "parent.applied" };
