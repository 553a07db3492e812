/** The commands about roles and who has them (spec/local-api.md). */
import { type ControlState, type Grant, type Permission, type Role, actingGrant, includes, may, namesIn, permissionNames, permissionSet, plainName } from "@multichat/core";
import type * as api from "@multichat/client/contract";
import type { AccountId, EventId } from "@multichat/protocol";
import { draft } from "../conversation/author.ts";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import { rightsOf, rightsOfRole } from "./rights.ts";
import { rankBelow, rolesInUse } from "./role-order.ts";
import type { Space } from "../joining/spaces.ts";

export function createRoleCommands(scope: Scope) {
  const { node, account } = scope;

  function roleOf(space: Space, id: string): Role {
    const role = scope.state(space).roles.get(id as EventId);
    if (role === undefined) throw new Failure("not-found", "There is no such role here.");
    return role;
  }

  function present(space: Space, role: Role): api.Role {
    const state = scope.state(space);
    const members = [...state.members.values()].filter(({ grants }) => grants.some((grant) => grant.role.id === role.id)).length;
    return {
      id: role.id, name: plainName(role.name), colour: role.colour, rank: role.rank, permissions: listed(role.permissions), members,
      manageable: may(state, account, "manage-roles", { target: { role: role.id } }).allowed,
    };
  }

  /** Bits that the acting role has itself. @throws Failure */
  function ownBits(space: Space, names: readonly string[]): number {
    const acting = actingGrant(scope.state(space), account, "manage-roles");
    for (const name of names as Permission[]) {
      if (acting === null || !includes(acting.role.permissions | scope.state(space).genesis.everyone, name)) {
        throw new Failure("not-allowed", `You cannot give the permission "${name}": your role does not have it.`);
      }
    }
    return permissionSet(...(names as Permission[]));
  }

  function requireJunior(space: Space, rank: number): void {
    scope.require(space, "manage-roles");
    scope.require(space, "manage-roles", { target: { rank } });
  }

  function grantsOf(space: Space, member: AccountId): Grant[] {
    const found = scope.state(space).members.get(member);
    if (found === undefined) throw new Failure("not-found", `${node.people.person(member).name} does not belong to this workspace.`);
    return found.grants;
  }

  function memberOf(space: Space, member: AccountId): api.Member {
    return node.present.members(space).find(({ id }) => id === member)!;
  }

  /** Others who have a role would lose what they did with it meanwhile. */
  function requireHeard(space: Space, role: Role, override: boolean | undefined): void {
    const others = [...scope.state(space).members.values()].some((member) => member.account !== account && member.grants.some((grant) => grant.role.id === role.id));
    if (others) scope.requireFresh(space, `those with the role ${role.name}`, override);
  }

  function move(space: Space, old: Role, below: string): api.Role {
    const state = scope.state(space);
    requireJunior(space, old.rank);
    const rank = rankBelow(state, below as EventId);
    requireJunior(space, rank);
    ownBits(space, listed(old.permissions));
    const { name, colour, permissions } = old;
    const holders = [...state.members.values()].flatMap(({ grants }) => grants.filter((grant) => grant.role.id === old.id));
    const id = scope.control(space, "role.create", { rank, name, colour, permissions });
    const overrides = [...state.channels.values()].flatMap((channel) =>
      channel.overrides.flatMap(({ subject, allow, deny }) => ("role" in subject && subject.role === old.id ? [{ channel: channel.id, allow, deny }] : [])),
    );
    const invites = [...state.invites.values()].filter((invite) => invite.role.id === old.id && !invite.revoked);
    scope.write(space, [
      ...holders.map((grant) => draft("grant", { account: grant.account, role: id })),
      ...overrides.map((override) => draft("override", { ...override, subject: { role: id } })),
      ...holders.map((grant) => draft("revoke", { grant: grant.id })),
      ...invites.map((invite) => draft("invite.revoke", { invite: invite.id })),
      ...(permissions === 0 ? [] : [draft("role.set", { role: old.id, on: 0, off: permissions, name: null, colour: null })]),
    ]);
    return present(space, roleOf(space, id));
  }

  function question(space: Space, params: api.Params<"permissions.check">): { channel?: never; target?: { account: AccountId }; at: number } {
    if (params.channel !== undefined) scope.readableChannel(params.channel);
    return {
      ...(params.channel === undefined ? {} : { channel: params.channel as never }),
      ...(params.target === undefined ? {} : { target: { account: params.target as AccountId } }),
      at: scope.now(),
    };
  }

  return {
    "role.list": ({ space: id }) => {
      const space = scope.readable(id);
      return { roles: rolesInUse(scope.state(space)).map((role) => present(space, role)) };
    },
    "role.create": ({ space: id, name, colour = "", permissions, below }) => {
      const space = scope.space(id);
      scope.require(space, "manage-roles");
      const rank = rankBelow(scope.state(space), (below as EventId | undefined) ?? null);
      requireJunior(space, rank);
      requireFreeName(scope.state(space), name, null);
      const made = scope.control(space, "role.create", { rank, name, colour, permissions: ownBits(space, permissions) });
      return { role: present(space, roleOf(space, made)) };
    },
    "role.set": ({ space: id, role: roleId, name, colour, on = [], off = [], override }) => {
      const space = scope.space(id);
      const role = roleOf(space, roleId);
      requireJunior(space, role.rank);
      if (name !== undefined) requireFreeName(scope.state(space), name, role);
      const added = ownBits(space, on) & ~role.permissions;
      const taken = permissionSet(...(off as Permission[])) & role.permissions;
      if ((added & taken) !== 0) throw new Failure("bad-request", "A permission cannot be given and taken at once.");
      if (taken !== 0) requireHeard(space, role, override);
      const changed = { name: name === undefined || name === role.name ? null : name, colour: colour === undefined || colour === role.colour ? null : colour };
      if (added !== 0 || taken !== 0 || changed.name !== null || changed.colour !== null) {
        scope.control(space, "role.set", { role: role.id, on: added, off: taken, ...changed });
      }
      return { role: present(space, roleOf(space, roleId)) };
    },
    "role.move": ({ space: id, role: roleId, below, override }) => {
      const space = scope.space(id);
      const role = roleOf(space, roleId);
      if (role.id === below) throw new Failure("bad-request", "A role cannot be placed below itself.");
      requireHeard(space, role, override);
      const moved = move(space, role, below);
      return { role: moved, members: moved.members };
    },
    "member.role": ({ space: id, account: member, role: roleId, on, override }) => {
      const space = scope.space(id);
      const role = roleOf(space, roleId);
      const grants = grantsOf(space, member as AccountId);
      const held = grants.filter((grant) => grant.role.id === role.id);
      requireJunior(space, role.rank);
      if (on && held.length === 0) scope.control(space, "grant", { account: member as AccountId, role: role.id });
      if (!on && held.length > 0) {
        if (held.length === grants.length) throw new Failure("not-allowed", "This is their only role here. Give them another one first, or remove them.");
        if (member !== account) scope.requireFresh(space, node.people.person(member as AccountId).name, override);
        scope.write(space, held.map((grant) => draft("revoke", { grant: grant.id })));
      }
      return { member: memberOf(space, member as AccountId) };
    },
    "permissions.check": (params) => {
      const space = scope.readable(params.space);
      const state = scope.state(space);
      const asked = question(space, params);
      const subject = (params.account ?? account) as AccountId;
      const all = params.role !== undefined
        ? rightsOfRole(state, roleOf(space, params.role), asked)
        : rightsOf(state, subject, subject === account ? null : node.people.person(subject).name, asked);
      const permissions = all.filter(({ permission }) => params.permission === undefined || permission === params.permission);
      const refused = permissions.find(({ allowed }) => !allowed);
      return { allowed: refused === undefined, why: refused?.why ?? null, permissions };
    },
  } satisfies Handlers;
}

/** `administer` alone, and not everything that it includes: so a role is shown as it was made. */
export function listed(permissions: number): Permission[] {
  return includes(permissions, "administer") ? permissionNames.filter((name) => (permissions & permissionSet(name)) !== 0) : namesIn(permissions);
}

/** Roles are named when they are given: two of one name could not be told apart. */
function requireFreeName(state: ControlState, name: string, own: Role | null): void {
  if (rolesInUse(state).some((role) => role !== own && role.name.toLowerCase() === name.toLowerCase())) throw new Failure("ambiguous", `There already is a role ${name}.`);
}
