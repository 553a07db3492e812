/** What people do in the ordinary course of things, on top of what they have been told: also to each other, at the same time. */
import { permissionSet } from "@multichat/core";
import type { EventId, OverrideSubject } from "@multichat/protocol";
import { hlcTime } from "@multichat/protocol";
import { apply, applyByRoots } from "./parents.ts";
import { type Cast, bind, invite, letIn } from "./people.ts";
import { type Account, type Device, type World, roleKinds } from "./world.ts";

export interface Actor {
  device: Device;
  auth: EventId;
  rank: number;
}

export const bits = [permissionSet("send"), permissionSet("react"), permissionSet("invite"), permissionSet("kick"), permissionSet("manage-channels"), permissionSet("manage-roles"), permissionSet("ban"), permissionSet("mute")];

export function actorsOf(cast: Cast, spared: ReadonlySet<Account> = new Set()): Actor[] {
  const { world } = cast;
  const actors: Actor[] = [{ device: cast.founder, auth: world.founderGrant, rank: 1000 }];
  for (const [role, accounts] of cast.people) {
    for (const account of accounts) {
      const auth = world.grants.get(account.id)?.[0];
      if (auth === undefined || spared.has(account)) continue;
      for (const device of account.devices) actors.push({ device, auth, rank: roleKinds[role].rank });
    }
  }
  return actors;
}

export interface Aims {
  /** Whom they may restrict, remove and let in again. */
  people: readonly Account[];
}

/** One act; what comes of it is for the rules to say. */
export function act(cast: Cast, actor: Actor, aims: Aims): void {
  const { world } = cast;
  const { random } = world;
  const { device, auth } = actor;
  const [target, channel] = [random.pick(aims.people), random.pick(world.channels)];
  const role = world.roles[random.pick(["moderator", "helper", "member", "guest"] as const)];
  const write: World["write"] = (...args) => world.write(...args);
  const bit = random.pick(bits);
  switch (random.below(24)) {
    case 0:
      return void write(device, "remove", { account: target.id }, { auth });
    case 1:
      return void write(device, "ban", { account: target.id, until: random.chance(0.5) ? 0 : soon(world, device) }, { auth });
    case 2:
      return void write(device, "unban", { account: target.id }, { auth });
    case 3:
    case 4:
      return void write(device, "grant", { account: target.id, role }, { auth });
    case 5: {
      const grant = random.pick(world.grants.get(target.id) ?? [world.founderGrant]);
      return void (knows(world, device, grant) && write(device, "revoke", { grant }, { auth }));
    }
    case 6:
      return void write(device, "mute", { account: target.id, on: random.chance(0.7), until: random.chance(0.5) ? 0 : soon(world, device) }, { auth });
    case 7:
      return void write(device, "lock", { channel, on: random.chance(0.6) }, { auth });
    case 8:
      return void write(device, "override", { channel, subject: subject(world, target, role), ...changes(world, bit) }, { auth });
    case 9:
      return void write(device, "role.set", { role, ...flips(world, bit), name: random.chance(0.3) ? `r${random.below(9)}` : null, colour: null }, { auth });
    case 10:
      return void write(device, "channel.create", { name: `c${random.below(99)}`, type: "text" }, { auth });
    case 11:
      return void write(device, "channel.set", { channel, key: "topic", value: `t${random.below(99)}` }, { auth });
    case 12:
      return void write(device, "policy.set", { key: random.pick(["name", "admission"]), value: random.pick(["approve", "open"]) }, { auth });
    case 13: {
      const rank = random.pick([4000, 5000]);
      return void cast.links.push(invite(world, device, auth, world.roles[rank === 4000 ? "member" : "guest"], rank));
    }
    case 14: {
      const link = cast.links.length === 0 ? null : random.pick(cast.links);
      if (link === null || !knows(world, device, link.invite)) return;
      const account = world.account(`New${world.events.length}`);
      letIn(world, account.devices[0]!, link, device);
      cast.people.get(link.rank === 5000 ? "guest" : "member")!.push(account);
      return;
    }
    case 15: {
      const link = cast.links.length === 0 ? null : random.pick(cast.links);
      return void (link !== null && knows(world, device, link.invite) && write(device, "invite.revoke", { invite: link.invite }, { auth }));
    }
    case 16: {
      const owner = device.owner;
      bind(world, world.device(owner, random.chance(0.5) ? owner.identitySeed : device.seed), device);
      return;
    }
    case 17:
      return void (random.chance(0.2) && write(device, "leave", { account: device.owner.id }));
    case 18:
      return adopt(world, actor);
    case 19:
      return void write(device, "slow", { channel, seconds: random.below(30) }, { auth });
    case 20:
      // Somebody was removed in the parent, by whoever it was.
      return void (random.chance(0.7) ? apply(world, device, target, world.cite(device)) : random.chance(0.3) && applyByRoots(world, device, target, world.cite(device), 2));
    case 21:
      return void write(device, "key.rotate", { generation: 1 + random.below(5), secret: [] }, { auth });
    default:
      return void world.message(device, channel, auth);
  }
}

/** Keeps what a removal that it knows of made void. */
function adopt(world: World, { device, auth }: Actor): void {
  const cause = lastOf(world, device, ["remove", "ban", "revoke", "role.set"]);
  if (cause === null) return;
  const ids = world.events.filter(({ id }) => knows(world, device, id) && !world.log.inPast([cause], id)).slice(0, 3).map(({ id }) => id);
  if (ids.length > 0) world.write(device, "adopt", { cause, ids: [...new Set(ids)].sort() }, { auth });
}

export function lastOf(world: World, device: Device, kinds: readonly string[]): EventId | null {
  return world.events.findLast(({ id, header }) => kinds.includes(header.kind) && knows(world, device, id))?.id ?? null;
}

export function knows(world: World, device: Device, id: EventId): boolean {
  return id === world.founderGrant || world.log.inPast(device.knows, id);
}

function soon(world: World, device: Device): number {
  const latest = Math.max(...device.knows.map((id) => hlcTime(world.at(id).header.hlc)));
  return latest + 1_000 * world.random.below(8);
}

function subject(world: World, target: Account, role: EventId): OverrideSubject {
  return world.random.pick<OverrideSubject>([{ everyone: true }, { role }, { account: target.id }]);
}

function changes(world: World, bit: number): { allow: number; deny: number } {
  return world.random.chance(0.5) ? { allow: bit, deny: 0 } : { allow: 0, deny: bit };
}

function flips(world: World, bit: number): { on: number; off: number } {
  return world.random.chance(0.4) ? { on: bit, off: 0 } : { on: 0, off: bit };
}

/** Some hear what others know. */
export function gossip(world: World, devices: readonly Device[]): void {
  const { random } = world;
  const [to, from] = [random.pick(devices), random.pick(devices)];
  world.tell(to, from.knows);
}

