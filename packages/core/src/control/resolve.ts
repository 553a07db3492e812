/**
 * Rule set 0, as far as it is built (spec/04-control.md): the state of a control log. A pure function of the set of
 * events: each is judged in the light of its own past alone, so the order of arrival cannot matter.
 */
import {
  type AccountId,
  type ChannelId,
  type DecodedControl,
  type DeviceId,
  type EventId,
  hlcTime,
  idFromBytes,
  idToBytes,
  labels,
} from "@multichat/protocol";
import { checkCertificate } from "../accounts/certificate.ts";
import type { Crypto } from "../ports/index.ts";
import type { Event } from "../events/event.ts";
import { type ControlEvent, type ControlLog, decodeControl } from "./log.ts";
import { type Permission, includes, isSubset, ownerRole } from "./permissions.ts";
import { verifyInviteProof } from "../invites/proof.ts";
import { createRegisters } from "./registers.ts";
import { boundAccount, grantStands, grantsAt, isBound, permissionsAt } from "./standing.ts";
import type { Binding, ControlState, Grant, Member } from "./state.ts";

export function founderGrantId(crypto: Crypto, genesis: EventId): EventId {
  return idFromBytes<EventId>(crypto.sha256(labels.founderGrant, idToBytes(genesis)));
}

export function ownerRoleId(crypto: Crypto, genesis: EventId): EventId {
  return idFromBytes<EventId>(crypto.sha256(labels.ownerRole, idToBytes(genesis)));
}

/** What signatures say of an event never changes; the state is made anew with every control event. */
const certificates = new WeakMap<ControlEvent, ReturnType<typeof checkCertificate>>();
const proofs = new WeakMap<ControlEvent, boolean>();

function remembered<T>(results: WeakMap<ControlEvent, T>, event: ControlEvent, check: () => T): T {
  const known = results.get(event);
  if (known !== undefined) return known;
  const result = check();
  results.set(event, result);
  return result;
}

/** Null when the genesis itself does not stand: such a log is no space. */
export function resolve(crypto: Crypto, log: ControlLog): ControlState | null {
  const [genesis] = log.events();
  if (genesis?.control?.kind !== "genesis") return null;
  const state = founding(crypto, genesis, genesis.control);
  if (state === null) return null;
  const judge = createJudge(crypto, log, state);
  for (const event of log.events().slice(1)) {
    const problem = judge(event);
    if (problem !== null) state.void.set(event.id, problem);
  }
  settleMembers(log, state);
  return state;
}

/** Why an event would be without effect on this state, or null; for events that are kept only if they stand. */
export function judgeAlone(crypto: Crypto, log: ControlLog, state: ControlState, event: Event): string | null {
  return createJudge(crypto, log, state)({ ...event, control: decodeControl(event), index: -1 });
}

function founding(crypto: Crypto, event: ControlEvent, { payload }: DecodedControl<"genesis">): ControlState | null {
  if (payload.rules !== 0 || event.header.device !== payload.device) return null;
  const checked = remembered(certificates, event, () => checkCertificate(crypto, payload));
  if (!checked.ok || checked.value.account !== payload.account || checked.value.device !== payload.device) return null;
  const role = { id: ownerRoleId(crypto, event.id), ...ownerRole };
  const grant: Grant = { id: founderGrantId(crypto, event.id), account: payload.account, role, event: event.id };
  const state: ControlState = {
    space: event.id as ControlState["space"],
    genesis: payload,
    policies: new Map(payload.policy),
    roles: new Map([[role.id, role]]),
    grants: new Map(),
    grantsOf: new Map(),
    bindingsOf: new Map(),
    unbindings: [],
    leaves: [],
    members: new Map(),
    departed: new Map(),
    mutes: new Map(),
    devices: new Map(),
    channels: new Map(),
    invites: new Map(),
    joins: new Map(),
    void: new Map(),
  };
  addGrant(state, grant);
  addBinding(state, { device: payload.device, account: payload.account, event: event.id });
  return state;
}

function addGrant(state: ControlState, grant: Grant): void {
  state.grants.set(grant.id, grant);
  const others = state.grantsOf.get(grant.account);
  if (others === undefined) state.grantsOf.set(grant.account, [grant]);
  else others.push(grant);
}

function addBinding(state: ControlState, binding: Binding): void {
  const others = state.bindingsOf.get(binding.device);
  if (others === undefined) state.bindingsOf.set(binding.device, [binding]);
  else others.push(binding);
}

/** Applies one event to the state, or says why it is without effect. */
function createJudge(crypto: Crypto, log: ControlLog, state: ControlState): (event: ControlEvent) => string | null {
  const registers = createRegisters();

  function allowed(event: ControlEvent, acting: Grant, permission: Permission): boolean {
    return includes(permissionsAt(log, state, event.header.ctl, acting.account), permission);
  }

  function judgeActing(event: ControlEvent, acting: Grant): string | null {
    const control = event.control!;
    const rank = acting.role.rank;
    const deny = (permission: Permission): string | null =>
      allowed(event, acting, permission) ? null : `without the permission "${permission}"`;
    const stamp = { rank, hlc: event.header.hlc, id: event.id };
    switch (control.kind) {
      case "role.create": {
        const problem = deny("manage-roles");
        if (problem !== null) return problem;
        const { payload } = control;
        if (payload.rank <= rank) return "a role not junior to the acting one";
        const own = permissionsAt(log, state, event.header.ctl, acting.account);
        if (!isSubset(payload.permissions, own)) return "a role with permissions its author lacks";
        state.roles.set(event.id, { id: event.id, ...payload });
        return null;
      }
      case "grant": {
        const problem = deny("manage-roles");
        if (problem !== null) return problem;
        const role = state.roles.get(control.payload.role);
        if (role === undefined || !roleInPast(log, state, event.header.ctl, role.id)) return "an unknown role";
        if (role.rank <= rank) return "a role not junior to the acting one";
        addGrant(state, { id: event.id, account: control.payload.account, role, event: event.id });
        return null;
      }
      case "channel.create": {
        const problem = deny("manage-channels");
        if (problem !== null) return problem;
        const id = event.id as ChannelId;
        const createdAt = hlcTime(event.header.hlc);
        state.channels.set(id, { id, ...control.payload, topic: "", archived: false, locked: false, slow: 0, overrides: [], createdAt });
        return null;
      }
      case "channel.set":
      case "channel.archive": {
        const problem = deny("manage-channels");
        if (problem !== null) return problem;
        const channel = state.channels.get(control.payload.channel);
        if (channel === undefined || !log.inPast(event.header.ctl, channel.id)) return "an unknown channel";
        const name = control.kind === "channel.set" ? control.payload.key : "archived";
        if (!registers.wins(`${channel.id}/${name}`, stamp)) return null;
        if (control.kind === "channel.archive") channel.archived = control.payload.on;
        else channel[control.payload.key] = control.payload.value;
        return null;
      }
      case "invite.create": {
        const problem = deny("invite");
        if (problem !== null) return problem;
        const { payload } = control;
        const role = state.roles.get(payload.role);
        if (role === undefined || !roleInPast(log, state, event.header.ctl, role.id)) return "an unknown role";
        if (role.rank <= rank) return "an invite to a role not junior to the acting one";
        state.invites.set(event.id, {
          id: event.id,
          role,
          key: payload.key,
          expires: payload.expires,
          max: payload.max,
          createdBy: acting.account,
          createdAt: hlcTime(event.header.hlc),
          revoked: false,
          admitted: [],
        });
        return null;
      }
      case "invite.revoke": {
        const invite = state.invites.get(control.payload.invite);
        if (invite === undefined || !log.inPast(event.header.ctl, invite.id)) return "an unknown invite";
        if (invite.createdBy !== acting.account) {
          const problem = deny("manage-space");
          if (problem !== null) return problem;
        }
        invite.revoked = true;
        return null;
      }
      case "policy.set": {
        const problem = deny("manage-space");
        if (problem !== null) return problem;
        const { key, value } = control.payload;
        if (registers.wins(`policy/${key}`, stamp)) state.policies.set(key, value);
        return null;
      }
      default:
        return "a kind without effect in this version";
    }
  }

  function judgeMechanical(event: ControlEvent): string | null {
    const control = event.control!;
    const { ctl, device } = event.header;
    switch (control.kind) {
      case "join": {
        const { payload } = control;
        const invite = state.invites.get(payload.invite);
        if (invite === undefined || !log.inPast(ctl, invite.id)) return "an unknown invite";
        if (payload.device !== device) return "a join written by another device";
        const checked = remembered(certificates, event, () => checkCertificate(crypto, payload));
        if (!checked.ok) return checked.error;
        if (checked.value.account !== payload.account || checked.value.device !== device) return "another's certificate";
        if (boundToOther(log, state, ctl, device, payload.account)) return "a device of another account";
        const proved = remembered(proofs, event, () => verifyInviteProof(crypto, invite.key, { space: log.space, ...payload }));
        if (!proved) return "without proof of the invite";
        state.joins.set(event.id, { id: event.id, invite: invite.id, account: payload.account, device });
        return null;
      }
      case "admit": {
        const { payload } = control;
        const join = state.joins.get(payload.join);
        const invite = state.invites.get(payload.invite);
        if (join === undefined || invite === undefined || join.invite !== invite.id) return "an unknown join";
        if (!log.inPast(ctl, join.id)) return "an unknown join";
        if (revokedBefore(log, ctl, invite.id, state)) return "the invite had been revoked";
        const admitter = boundAccount(log, state, ctl, device);
        const senior = admitter === null ? undefined : grantsAt(log, state, ctl, admitter)[0];
        if (senior === undefined || senior.role.rank > invite.role.rank) return "admitted by someone who may not";
        addGrant(state, { id: event.id, account: join.account, role: invite.role, event: event.id });
        addBinding(state, { device: join.device, account: join.account, event: event.id });
        if (!invite.admitted.includes(join.account)) invite.admitted.push(join.account);
        return null;
      }
      case "device.bind": {
        const { payload } = control;
        if (payload.device !== device) return "a binding written by another device";
        const checked = remembered(certificates, event, () => checkCertificate(crypto, payload));
        if (!checked.ok) return checked.error;
        if (checked.value.account !== payload.account || checked.value.device !== device) return "another's certificate";
        if (boundToOther(log, state, ctl, device, payload.account)) return "a device of another account";
        const { by } = checked.value;
        if ("device" in by && boundAccount(log, state, ctl, by.device) !== payload.account) return "vouched for by a stranger";
        addBinding(state, { device, account: payload.account, event: event.id });
        return null;
      }
      case "device.unbind": {
        const { payload } = control;
        if (boundAccount(log, state, ctl, device) !== payload.account) return "an unbinding by a stranger";
        if (!isBound(log, state, ctl, payload.device, payload.account)) return "a device that is not bound";
        state.unbindings.push({ device: payload.device, account: payload.account, event: event.id });
        return null;
      }
      case "leave": {
        if (boundAccount(log, state, ctl, device) !== control.payload.account) return "a leave for another account";
        state.leaves.push({ account: control.payload.account, event: event.id });
        return null;
      }
      case "merge":
        return boundAccount(log, state, ctl, device) === control.payload.account ? null : "a merge by a stranger";
      default:
        return "a kind without effect in this version";
    }
  }

  return (event) => {
    const problem = badForm(log, event);
    if (problem !== null) return problem;
    if (mechanicalKinds.has(event.header.kind)) return judgeMechanical(event);
    const acting = state.grants.get(event.header.auth);
    if (acting === undefined) return "under an unknown grant";
    if (!grantStands(log, state, event.header.ctl, acting)) return "under a grant that is not in force";
    if (!isBound(log, state, event.header.ctl, event.header.device, acting.account)) return "from a device that is not bound";
    return judgeActing(event, acting);
  };
}

const mechanicalKinds: ReadonlySet<string> = new Set(["join", "admit", "leave", "device.bind", "device.unbind", "merge"]);

function badForm(log: ControlLog, event: ControlEvent): string | null {
  const { header } = event;
  if (event.control === null) return "of an unknown kind or form";
  if (header.seq > 1 && !log.inPast(header.ctl, header.prev)) return "heads that do not cover its feed";
  for (const id of header.ctl) if (log.get(id)!.header.hlc >= header.hlc) return "a stamp before its past";
  return null;
}

function boundToOther(
  log: ControlLog,
  state: ControlState,
  heads: readonly EventId[],
  device: DeviceId,
  account: AccountId,
): boolean {
  const bound = boundAccount(log, state, heads, device);
  return bound !== null && bound !== account;
}

function roleInPast(log: ControlLog, state: ControlState, heads: readonly EventId[], role: EventId): boolean {
  // The owner role has no event of its own: it came with the genesis, which is in every past.
  return !log.has(role) ? state.roles.has(role) : log.inPast(heads, role);
}

function revokedBefore(log: ControlLog, heads: readonly EventId[], invite: EventId, state: ControlState): boolean {
  if (!state.invites.get(invite)?.revoked) return false;
  return log
    .events()
    .some(
      (event) =>
        event.control?.kind === "invite.revoke" &&
        event.control.payload.invite === invite &&
        !state.void.has(event.id) &&
        log.inPast(heads, event.id),
    );
}

/** Members as of now: everybody with a grant in force in the past of all heads. */
function settleMembers(log: ControlLog, state: ControlState): void {
  const heads = log.heads();
  for (const grant of state.grants.values()) {
    if (state.members.has(grant.account)) continue;
    const grants = grantsAt(log, state, heads, grant.account);
    if (grants.length === 0) continue;
    const joinedAt = Math.min(...grants.map(({ event }) => hlcTime(log.get(event)!.header.hlc)));
    const member: Member = { account: grant.account, grants, devices: [], joinedAt };
    state.members.set(grant.account, member);
  }
  for (const device of state.bindingsOf.keys()) {
    const account = boundAccount(log, state, heads, device);
    const member = account === null ? undefined : state.members.get(account);
    if (account === null || member === undefined) continue;
    member.devices.push(device);
    state.devices.set(device, account);
  }
}
