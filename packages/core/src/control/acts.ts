/**
 * The control events found to stand so far, by what they concern. Judging fills it from the most senior rank downwards, so
 * that what is asked of it at a rank is complete by then (spec/04-control.md, Order of judgement).
 */
import type { AccountId, ChannelId, EventId, OverrideSubject } from "@multichat/protocol";
import type { Fact, GrantFact } from "./facts.ts";

export interface Standing {
  fact: Fact;
  /** The rank it acts with; of a `parent.applied` its poster's. */
  rank: number;
}

class Ledger<K> {
  readonly #held = new Map<K, Standing[]>();
  of(key: K): readonly Standing[] {
    return this.#held.get(key) ?? none;
  }
  keys(): Iterable<K> {
    return this.#held.keys();
  }
  entries(): ReadonlyMap<K, readonly Standing[]> {
    return this.#held;
  }
  /** In the order of the log, so that what has seen another stands behind it. */
  add(key: K, standing: Standing): void {
    const held = this.#held.get(key);
    if (held === undefined) {
      this.#held.set(key, [standing]);
      return;
    }
    let at = held.length;
    while (at > 0 && held[at - 1]!.fact.index > standing.fact.index) at--;
    if (at === held.length) held.push(standing);
    else held.splice(at, 0, standing);
  }
}

const none: readonly never[] = [];

export class Acts {
  /** `remove`, `ban` and `parent.applied`. */
  readonly removals = new Ledger<AccountId>();
  readonly unbans = new Ledger<AccountId>();
  readonly leaves = new Ledger<AccountId>();
  readonly revokes = new Ledger<EventId>();
  readonly adopts = new Ledger<EventId>();
  readonly roleSets = new Ledger<EventId>();
  /** Those of them that turn something off. */
  readonly roleOffs = new Ledger<EventId>();
  readonly inviteRevokes = new Ledger<EventId>();
  readonly mutes = new Ledger<AccountId>();
  readonly overrides = new Ledger<ChannelId>();
  /** The same, by channel and there by subject. */
  readonly overridesOf = new Map<ChannelId, Ledger<string>>();
  /** `channel.set`, `channel.archive`, `lock` and `slow`, by channel and register. */
  readonly registers = new Ledger<string>();
  /** `cut` and `fence`. */
  readonly cuts = new Ledger<ChannelId>();
  readonly proofs = new Ledger<string>();
  readonly keyRotations = new Ledger<"key">();
  readonly roles = new Map<EventId, Standing>();
  readonly channels = new Map<EventId, Standing>();
  readonly invites = new Map<EventId, Standing>();
  /** Grants that are of use: by id, and by whom they are for. */
  readonly grants = new Map<EventId, GrantFact>();
  readonly grantsOf = new Map<AccountId, GrantFact[]>();

  addGrant(grant: GrantFact): void {
    this.grants.set(grant.id, grant);
    const held = this.grantsOf.get(grant.account);
    if (held === undefined) this.grantsOf.set(grant.account, [grant]);
    else held.push(grant);
  }

  add(fact: Fact, rank: number): void {
    const standing = { fact, rank };
    const control = fact.control!;
    switch (control.kind) {
      case "remove":
      case "ban":
      case "parent.applied":
        return this.removals.add(control.payload.account, standing);
      case "unban":
        return this.unbans.add(control.payload.account, standing);
      case "leave":
        return this.leaves.add(control.payload.account, standing);
      case "revoke":
        return this.revokes.add(control.payload.grant, standing);
      case "adopt":
        return this.adopts.add(control.payload.cause, standing);
      case "role.set":
        if (control.payload.off !== 0) this.roleOffs.add(control.payload.role, standing);
        return this.roleSets.add(control.payload.role, standing);
      case "invite.revoke":
        return this.inviteRevokes.add(control.payload.invite, standing);
      case "mute":
        return this.mutes.add(control.payload.account, standing);
      case "override":
        ledgerOf(this.overridesOf, control.payload.channel).add(subjectKey(control.payload.subject), standing);
        return this.overrides.add(control.payload.channel, standing);
      case "channel.set":
        return this.registers.add(register(control.payload.channel, control.payload.key), standing);
      case "channel.archive":
      case "lock":
      case "slow":
        return this.registers.add(register(control.payload.channel, control.kind), standing);
      case "policy.set":
        return this.registers.add(register("policy", control.payload.key), standing);
      case "cut":
      case "fence":
        return this.cuts.add(control.payload.channel, standing);
      case "proof":
        return this.proofs.add(control.payload.device, standing);
      case "key.rotate":
        return this.keyRotations.add("key", standing);
      case "role.create":
        this.roles.set(fact.id, standing);
        return;
      case "channel.create":
        this.channels.set(fact.id, standing);
        return;
      case "invite.create":
        this.invites.set(fact.id, standing);
        return;
      default:
    }
  }
}

function ledgerOf<K, L>(ledgers: Map<K, Ledger<L>>, key: K): Ledger<L> {
  let held = ledgers.get(key);
  if (held === undefined) ledgers.set(key, (held = new Ledger<L>()));
  return held;
}

export function subjectKey(subject: OverrideSubject): string {
  return "everyone" in subject ? "everyone" : "role" in subject ? subject.role : `@${subject.account}`;
}

/** The name of a last-writer register. */
export function register(of: string, key: string): string {
  return `${of}/${key}`;
}
