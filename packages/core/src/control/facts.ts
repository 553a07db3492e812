/**
 * What every node can say of a control event from the event and its past alone: who wrote it, under which grant and at which
 * rank it acts, and whether it is well formed and well signed (spec/04-control.md, Facts). Nothing here depends on what else
 * stands, so a fact is found once and never changes.
 */
import { type AccountId, type AnyControl, type ChannelId, type EventId, type Header, idFromBytes, idToBytes, labels, zeroId } from "@multichat/protocol";
import type { Event } from "../events/event.ts";
import type { Crypto } from "../ports/index.ts";
import { type ControlEvent, type ControlLog, type Past, decodeControl } from "./log.ts";
import { isMechanical, mechanicalProblem } from "./mechanical.ts";
import { type Permission, type PermissionSet, includes, ownerRank, ownerRole as ownerTemplate } from "./permissions.ts";
import { claimProblem } from "./rules/claims.ts";
import { type RootFacts, createRootFacts } from "./rules/root.ts";
import { type DeviceFacts, createDeviceFacts } from "./rules/devices.ts";
import type { Rules } from "./rules/rules.ts";

/** A grant as its event says, whether or not it stands. */
export interface GrantFact {
  id: EventId;
  account: AccountId;
  role: EventId;
  /** Of the role; immutable. */
  rank: number;
  /** Index of the event that made it. */
  index: number;
  /** Under whose grant it was given, or the invite written; "root" for the root keys and the founder's. */
  issuer: GrantFact | "root";
  /** Of an admission. */
  invite: Fact | null;
}

export interface Fact {
  /** In the log; −1 for an event that is not in it. */
  index: number;
  id: EventId;
  header: Header;
  /** Null: of an unknown kind or form. */
  control: AnyControl | null;
  /** Itself included, if it is in the log. */
  past: Past;
  /** The account its device is bound to. */
  account: AccountId | null;
  /** Null for the mechanical kinds, and where it is unknown. */
  auth: GrantFact | "root" | null;
  /** What it acts with; infinite for the mechanical kinds. */
  rank: number;
  /** Why it is without effect whatever else stands. */
  problem: string | null;
}

export interface Facts {
  readonly log: ControlLog;
  readonly devices: DeviceFacts;
  readonly root: RootFacts;
  /** All, by index; takes in what is new in the log. */
  all(): readonly Fact[];
  at(index: number): Fact;
  get(id: EventId): Fact | null;
  /** Of an event that is not in the log, but all its ancestors are. */
  ofStranger(event: Event): Fact;
  grants: ReadonlyMap<EventId, GrantFact>;
  /** Ranks of all roles that were ever created. */
  rankOf(role: EventId): number | null;
  roleIndex(role: EventId): number;
  /** Whether somebody tried to remove, ban or mute this account, or to restrict it in a channel. */
  aimedAt(account: AccountId): boolean;
  readonly founder: GrantFact;
}

export function founderGrantId(crypto: Crypto, genesis: EventId): EventId {
  return idFromBytes<EventId>(crypto.sha256(labels.founderGrant, idToBytes(genesis)));
}

export function ownerRoleId(crypto: Crypto, genesis: EventId): EventId {
  return idFromBytes<EventId>(crypto.sha256(labels.ownerRole, idToBytes(genesis)));
}

/** What a check of signatures came to; kept by the caller if it wants to spare them. */
export type Prove = (event: EventId, check: () => string | null) => string | null;

export interface FactsDeps {
  crypto: Crypto;
  log: ControlLog;
  rules: Rules;
  prove: Prove;
}

/** The log must begin with a genesis that stands. */
export function createFacts(deps: FactsDeps): Facts {
  const { crypto, log, rules, prove } = deps;
  const genesis = log.events()[0]!;
  if (genesis.control?.kind !== "genesis") throw new Error("a log without a genesis");
  const { payload } = genesis.control;
  const list: Fact[] = [];
  const grants = new Map<EventId, GrantFact>();
  const roles = new Map<EventId, { rank: number; index: number; permissions: PermissionSet }>();
  /** Bits added to a role or allowed in a channel since. */
  const given: { index: number; bits: PermissionSet }[] = [];
  const targets = new Set<AccountId>();
  const devices = createDeviceFacts(crypto, log, rules);
  const root = createRootFacts(crypto, log, payload, rules);
  const ownerRole = ownerRoleId(crypto, genesis.id);
  const founder: GrantFact = {
    id: founderGrantId(crypto, genesis.id), account: payload.account, role: ownerRole, rank: ownerRank, index: 0, issuer: "root", invite: null,
  };
  roles.set(ownerRole, { rank: ownerRank, index: 0, permissions: ownerTemplate.permissions });

  function describe(event: ControlEvent | (Event & { control: AnyControl | null; index: number })): Fact {
    const { header, control, index, id } = event;
    const past = index >= 0 ? log.past(index) : log.pastOf(header.ctl);
    const fact: Fact = { index, id, header, control, past, account: null, auth: null, rank: Number.POSITIVE_INFINITY, problem: badForm(log, event) };
    if (index === 0) return { ...fact, account: payload.account, problem: null };
    fact.account = devices.accountIn(past, header.device);
    if (control === null || fact.problem !== null) return fact;
    if (isMechanical(control)) {
      if (header.auth !== zeroId as string) fact.problem = "a kind that acts under no grant, under one";
      else fact.problem = mechanicalProblem({ crypto, log, devices, parents: payload.parents, prove, rules }, fact, control);
      // An invite that could never stand lets nobody in, nor does a join that nobody proved.
      if (control.kind === "admit") {
        if (get(control.payload.invite)?.problem !== null) fact.problem ??= "an unknown invite";
        if (!rules.admits({ joinStands: get(control.payload.join)?.problem === null })) fact.problem ??= "an unknown join";
      }
      return fact;
    }
    if (header.auth === (log.space as string)) {
      fact.auth = "root";
      fact.rank = 0;
      fact.problem = fact.account === null ? "from a device that is not bound" : prove(id, () => root.problem(fact));
    } else {
      const grant = grants.get(header.auth);
      if (control.root !== null) fact.problem = "a root statement under a grant";
      else if (grant === undefined || !past.has(grant.index)) fact.problem = "under an unknown grant";
      else {
        fact.auth = grant;
        fact.rank = grant.rank;
        if (fact.account !== grant.account) fact.problem = "from a device that is not bound";
      }
    }
    fact.problem ??= unknownReference(fact, control) ?? claimProblem({ facts: { get, rankOf, grants }, rules, everHad }, fact, control);
    return fact;
  }

  /** What an event speaks of must be in its past. */
  function unknownReference({ past }: Fact, control: AnyControl): string | null {
    const role = (id: EventId): string | null => (past.has(roles.get(id)?.index ?? -1) ? null : "an unknown role");
    const channel = (id: ChannelId): string | null => (isKind(past, id, "channel.create") ? null : "an unknown channel");
    const cause = (id: EventId): string | null => (past.has(log.get(id)?.index ?? -1) ? null : "an unknown cause");
    switch (control.kind) {
      case "grant":
      case "role.set":
      case "invite.create":
        return role(control.payload.role);
      case "revoke": {
        const grant = grants.get(control.payload.grant);
        return grant !== undefined && past.has(grant.index) ? null : "an unknown grant";
      }
      case "lock":
      case "slow":
      case "channel.set":
      case "channel.archive":
        return channel(control.payload.channel);
      case "override": {
        const { subject } = control.payload;
        return channel(control.payload.channel) ?? ("role" in subject ? role(subject.role) : null);
      }
      case "invite.revoke":
        return isKind(past, control.payload.invite, "invite.create") ? null : "an unknown invite";
      case "cut":
      case "fence":
        return cause(control.payload.cause) ?? ((control.payload.channel as string) === log.space ? null : channel(control.payload.channel));
      case "adopt":
        return cause(control.payload.cause) ?? (control.payload.ids.every((id) => past.has(log.get(id)?.index ?? -1)) ? null : "an unknown event");
      default:
        return null;
    }
  }

  function isKind(past: Past, id: string, kind: string): boolean {
    const found = log.get(id as EventId);
    return found !== null && found.control?.kind === kind && past.has(found.index);
  }

  function learn(fact: Fact): void {
    list.push(fact);
    const { control, index, id, problem } = fact;
    if (index === 0) {
      grants.set(founder.id, founder);
      devices.learnFounding(payload);
      return;
    }
    if (control === null) return;
    if ("account" in control.payload && aiming.has(control.kind)) targets.add(control.payload.account);
    if (control.kind === "override" && "account" in control.payload.subject) targets.add(control.payload.subject.account);
    if (problem !== null) return;
    devices.learn(fact);
    root.learn(fact);
    const issuer = fact.auth ?? "root";
    if (control.kind === "role.create") roles.set(id, { ...control.payload, index });
    else if (control.kind === "role.set" && control.payload.on !== 0) given.push({ index, bits: control.payload.on });
    else if (control.kind === "override" && control.payload.allow !== 0) given.push({ index, bits: control.payload.allow });
    else if (control.kind === "grant") {
      const { account, role } = control.payload;
      grants.set(id, { id, account, role, rank: roles.get(role)!.rank, index, issuer, invite: null });
    } else if (control.kind === "admit") {
      const invite = list[log.get(control.payload.invite)!.index]!;
      const join = log.get(control.payload.join)!.control;
      if (invite.control?.kind !== "invite.create" || join?.kind !== "join") return;
      const { role } = invite.control.payload;
      grants.set(id, { id, account: join.payload.account, role, rank: roles.get(role)!.rank, index, issuer: invite.auth ?? "root", invite });
    }
  }

  function rankOf(role: EventId): number | null {
    return roles.get(role)?.rank ?? null;
  }

  function get(id: EventId): Fact | null {
    const found = log.get(id);
    return found === null ? null : (list[found.index] ?? null);
  }

  /** Whether the acting role ever had one of these in this past, or a channel allowed it there to anybody. */
  function everHad({ auth, past }: Fact, any: readonly Permission[]): boolean {
    if (auth === "root" || auth === null) return true;
    const has = (bits: PermissionSet): boolean => any.some((permission) => includes(bits, permission));
    return has(roles.get(auth.role)!.permissions | payload.everyone) || given.some(({ index, bits }) => has(bits) && past.has(index));
  }

  function all(): readonly Fact[] {
    const events = log.events();
    while (list.length < events.length) learn(describe(events[list.length]!));
    return list;
  }

  return {
    log, devices, root, grants, founder, all,
    at: (index) => list[index]!,
    get,
    ofStranger: (event) => describe({ ...event, control: decodeControl(event), index: -1 }),
    rankOf,
    roleIndex: (role) => roles.get(role)?.index ?? -1,
    aimedAt: (account) => targets.has(account),
  };
}

const aiming: ReadonlySet<string> = new Set(["remove", "ban", "mute", "parent.applied"]);

function badForm(log: ControlLog, { header, control }: { header: Header; control: AnyControl | null }): string | null {
  if (control === null) return "of an unknown kind or form";
  if (header.seq > 1 && !log.inPast(header.ctl, header.prev)) return "heads that do not cover its feed";
  for (const id of header.ctl) if (log.get(id)!.header.hlc >= header.hlc) return "a stamp before its past";
  return null;
}

