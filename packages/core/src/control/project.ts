/** The state that people see, made from what stands: all of it at once, or what one more event touches. */
import { type AccountId, type ChannelId, type ControlKind, type ControlPayload, type DeviceId, type EventId, hlcTime } from "@multichat/protocol";
import { register, subjectKey } from "./acts.ts";
import type { Fact, GrantFact } from "./facts.ts";
import { type Judged, everything, saw } from "./judged.ts";
import { ownerRole } from "./permissions.ts";
import { isDead } from "./rules/invites.ts";
import { authorOf, overridesIn, overridesOf } from "./rules/overrides.ts";
import { secondsIn } from "../content/expiry.ts";
import { winner } from "./rules/policies.ts";
import { inForce } from "./rules/removal.ts";
import { bitsIn, newest } from "./rules/roles.ts";
import { isGivenUp } from "./rules/unbinding.ts";
import type { Act, Channel, ControlState, Departure, Grant, Mute, Role } from "./state.ts";

export interface Projection {
  readonly state: ControlState;
  /** Takes in an event that was judged just now and took nothing from others. */
  add(fact: Fact): void;
}

export function project(judged: Judged, why: ReadonlyMap<EventId, string>): Projection {
  const { facts, acts, genesis } = judged;
  const state: ControlState = {
    space: facts.log.space, genesis, policies: new Map(genesis.policy), roles: new Map(), grants: new Map(), grantsOf: new Map(),
    bindingsOf: new Map(), members: new Map(), departed: new Map(), mutes: new Map(), devices: new Map(), channels: new Map(),
    invites: new Map(), joins: new Map(), void: why, judged,
  };

  /** Devices that were ever bound to each account. */
  const byAccount = new Map<AccountId, Set<DeviceId>>();

  function setRole(id: EventId): void {
    const created = id === facts.founder.role ? ownerRole : payloadOf(acts.roles.get(id)?.fact, "role.create");
    if (created === null) return;
    const role: Role = state.roles.get(id) ?? { id, ...created };
    const writes = acts.roleSets.of(id);
    role.permissions = bitsIn(judged, id, everything);
    role.name = payloadOf(winner(writes.filter(({ fact }) => payloadOf(fact, "role.set")?.name != null))?.fact, "role.set")?.name ?? created.name;
    role.colour = payloadOf(winner(writes.filter(({ fact }) => payloadOf(fact, "role.set")?.colour != null))?.fact, "role.set")?.colour ?? created.colour;
    state.roles.set(id, role);
  }

  function addGrant({ id, account, role, index, invite }: GrantFact): void {
    const grant: Grant = { id, account, role: state.roles.get(role)!, event: facts.at(index).id };
    state.grants.set(id, grant);
    push(state.grantsOf, account, grant);
    const admitted = invite === null ? undefined : state.invites.get(invite.id)?.admitted;
    if (admitted !== undefined && !admitted.includes(account)) admitted.push(account);
  }

  function setMember(account: AccountId): void {
    const grants = (acts.grantsOf.get(account) ?? [])
      .filter((grant) => inForce(judged, everything, grant))
      .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
    if (grants.length === 0) {
      for (const device of state.members.get(account)?.devices ?? []) state.devices.delete(device);
      state.members.delete(account);
    } else {
      const devices = state.members.get(account)?.devices ?? devicesOf(account, grants[0]!);
      for (const device of devices) state.devices.set(device, account);
      const joinedAt = Math.min(...grants.map(({ index }) => hlcTime(facts.at(index).header.hlc)));
      state.members.set(account, { account, grants: grants.map(({ id }) => state.grants.get(id)!), devices, joinedAt });
    }
    for (const device of byAccount.get(account) ?? []) setBindings(device);
    const departure = departureOf(account, grants.length > 0);
    if (departure === null) state.departed.delete(account);
    else state.departed.set(account, departure);
  }

  function devicesOf(account: AccountId, grant: GrantFact): DeviceId[] {
    return [...(byAccount.get(account) ?? [])].filter((device) => isBoundNow(device, account, grant));
  }

  function isBoundNow(device: DeviceId, account: AccountId, grant: GrantFact): boolean {
    return facts.devices.accountIn(everything, device) === account && !isGivenUp(judged, device, grant, everything);
  }

  function setDevice(device: DeviceId): void {
    const binds = facts.devices.bindsOf(device);
    setBindings(device);
    for (const { account } of binds) {
      const devices = byAccount.get(account) ?? new Set<DeviceId>();
      byAccount.set(account, devices.add(device));
      const member = state.members.get(account);
      if (member === undefined) continue;
      member.devices = member.devices.filter((other) => other !== device);
      if (!isBoundNow(device, account, acts.grants.get(member.grants[0]!.id)!)) {
        if (state.devices.get(device) === account) state.devices.delete(device);
        continue;
      }
      member.devices.push(device);
      state.devices.set(device, account);
    }
  }

  /** Of accounts that were ever let in. */
  function setBindings(device: DeviceId): void {
    const binds = facts.devices.bindsOf(device).filter(({ account }) => acts.grantsOf.has(account));
    if (binds.length > 0) state.bindingsOf.set(device, binds.map(({ account, id }) => ({ device, account, event: id })));
  }

  /** A ban still on, or the latest of what ended its membership. */
  function departureOf(account: AccountId, member: boolean): Departure | null {
    const bans = acts.removals.of(account).filter(({ fact }) => fact.control?.kind === "ban" && !acts.unbans.of(account).some((unban) => saw(unban.fact, fact)));
    const [longest] = bans.map(({ fact }) => ({ ...actOf(fact), account, how: "banned" as const, until: payloadOf(fact, "ban")!.until })).sort(longestFirst);
    if (longest !== undefined && !member) return longest;
    if (member) return null;
    const ends = [...acts.removals.of(account), ...(acts.grantsOf.has(account) ? acts.leaves.of(account) : [])].map(({ fact }) => fact);
    const last = ends.sort((a, b) => (a.header.hlc < b.header.hlc || (a.header.hlc === b.header.hlc && a.id < b.id) ? 1 : -1))[0];
    return last === undefined ? null : { ...actOf(last), account, how: last.control?.kind === "leave" ? "left" : "removed", until: 0 };
  }

  function setMute(account: AccountId): void {
    const on = newest(acts.mutes.of(account)).flatMap(({ fact }): Mute[] => {
      const payload = payloadOf(fact, "mute");
      return payload?.on ? [{ ...actOf(fact), until: payload.until }] : [];
    });
    const [longest] = on.sort(longestFirst);
    if (longest === undefined) state.mutes.delete(account);
    else state.mutes.set(account, longest);
  }

  function setChannel(id: ChannelId): void {
    const created = acts.channels.get(id as string as EventId)?.fact;
    const payload = payloadOf(created, "channel.create");
    if (created === undefined || payload === null) return;
    const channel: Channel = {
      id, topic: "", retention: 0, ...payload, archived: false, locked: false, slow: 0, overrides: overridesIn(judged, id), createdAt: hlcTime(created.header.hlc),
    };
    state.channels.set(id, channel);
    for (const key of ["name", "topic", "type", "retention", "channel.archive", "lock", "slow"] as const) setRegister(id, key);
  }

  function setRegister(id: ChannelId, key: "name" | "topic" | "type" | "retention" | "channel.archive" | "lock" | "slow"): void {
    const channel = state.channels.get(id);
    if (channel === undefined) return;
    const writes = acts.registers.of(register(id, key));
    if (writes.length === 0) return;
    const written = winner(writes)?.fact;
    if (key === "channel.archive") channel.archived = payloadOf(written, key)?.on ?? false;
    else if (key === "lock") channel.locked = newest(writes).some(({ fact }) => payloadOf(fact, "lock")?.on);
    else if (key === "slow") channel.slow = payloadOf(written, key)?.seconds ?? 0;
    else if (key === "retention") channel.retention = secondsIn(payloadOf(written, "channel.set")?.value);
    else channel[key] = payloadOf(written, "channel.set")?.value ?? channel[key];
  }

  function setOverride(id: ChannelId, subject: string): void {
    const channel = state.channels.get(id);
    if (channel === undefined) return;
    channel.overrides = [...channel.overrides.filter((one) => subjectKey(one.subject) !== subject), ...overridesOf(judged, id, subject)];
  }

  function setInvite(id: EventId): void {
    const { fact } = acts.invites.get(id)!;
    const payload = payloadOf(fact, "invite.create")!;
    const role = state.roles.get(payload.role);
    if (role === undefined) return;
    state.invites.set(id, {
      id, role, key: payload.key, expires: payload.expires, max: payload.max, createdBy: authorOf(fact) ?? genesis.account,
      createdAt: hlcTime(fact.header.hlc), revoked: false, admitted: state.invites.get(id)?.admitted ?? [],
    });
  }

  function setRevoked(): void {
    for (const invite of state.invites.values()) invite.revoked = isDead(judged, acts.invites.get(invite.id)!.fact, invite.role.rank, null);
  }

  function setPolicy(key: string): void {
    const value = payloadOf(winner(acts.registers.of(register("policy", key)))?.fact, "policy.set")?.value ?? genesis.policy.get(key);
    if (value !== undefined) state.policies.set(key, value);
  }

  function add(fact: Fact): void {
    const control = fact.control;
    if (control === null || why.has(fact.id)) return;
    switch (control.kind) {
      case "role.create":
        return setRole(fact.id);
      case "role.set":
        return setRole(control.payload.role);
      case "grant":
      case "admit": {
        const grant = acts.grants.get(fact.id)!;
        addGrant(grant);
        return setMember(grant.account);
      }
      case "revoke": {
        const grant = facts.grants.get(control.payload.grant)!;
        setMember(grant.account);
        return setRevoked();
      }
      case "remove":
      case "ban":
      case "parent.applied":
        setMember(control.payload.account);
        return setRevoked();
      case "unban":
      case "leave":
        return setMember(control.payload.account);
      case "join":
        state.joins.set(fact.id, { id: fact.id, invite: control.payload.invite, account: control.payload.account, device: control.payload.device });
        return setDevice(control.payload.device);
      case "device.bind":
        setDevice(control.payload.device);
        // Which may be what the founder's was waiting for.
        return control.payload.account === genesis.account && control.payload.device !== genesis.device ? setDevice(genesis.device) : undefined;
      case "device.unbind":
        return setDevice(control.payload.device);
      case "mute":
        return setMute(control.payload.account);
      case "channel.create":
        return setChannel(fact.id as string as ChannelId);
      case "channel.set":
        return setRegister(control.payload.channel, control.payload.key);
      case "channel.archive":
      case "lock":
      case "slow":
        return setRegister(control.payload.channel, control.kind);
      case "override":
        return setOverride(control.payload.channel, subjectKey(control.payload.subject));
      case "invite.create":
        setInvite(fact.id);
        return setRevoked();
      case "invite.revoke":
        return setRevoked();
      case "policy.set":
        return setPolicy(control.payload.key);
      default:
    }
  }

  function actOf(fact: Fact): Act {
    return { event: fact.id, by: fact.auth === null ? fact.account : authorOf(fact), at: hlcTime(fact.header.hlc) };
  }

  setRole(facts.founder.role);
  for (const id of acts.roles.keys()) setRole(id);
  for (const id of acts.invites.keys()) setInvite(id);
  for (const grant of [...acts.grants.values()].sort((a, b) => a.index - b.index)) addGrant(grant);
  for (const device of facts.devices.devices()) setDevice(device);
  for (const account of new Set([...acts.grantsOf.keys(), ...acts.removals.keys()])) setMember(account);
  for (const account of acts.mutes.keys()) setMute(account);
  for (const id of acts.channels.keys()) setChannel(id as string as ChannelId);
  setRevoked();
  for (const key of new Set(facts.all().flatMap(({ control }) => (control?.kind === "policy.set" ? [control.payload.key] : [])))) setPolicy(key);
  for (const fact of facts.all()) if (fact.control?.kind === "join" && fact.problem === null) add(fact);
  return { state, add };
}

function payloadOf<K extends ControlKind>(fact: Fact | undefined, kind: K): ControlPayload<K> | null {
  const control = fact?.control;
  return control?.kind === kind ? (control.payload as unknown as ControlPayload<K>) : null;
}

/** One without end, or that with the latest; of several the lowest id. */
function longestFirst(a: Act & { until: number }, b: Act & { until: number }): number {
  const [first, second] = [a, b].map(({ until }) => (until === 0 ? Number.POSITIVE_INFINITY : until)) as [number, number];
  if (first !== second) return first > second ? -1 : 1;
  return a.event < b.event ? -1 : 1;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [value]);
  else held.push(value);
}
