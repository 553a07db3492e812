/** What somebody does who keeps to no rule but the formats: old frontiers, forks of the own feed, others' rights, new helpers. */
import { allPermissions } from "../../src/control/permissions.ts";
import { permissionSet } from "@multichat/core";
import { unbindStatement } from "../../src/control/rules/devices.ts";
import type { ChannelId, EventId } from "@multichat/protocol";
import { fakeCrypto as crypto } from "./fake-crypto.ts";
import { bits } from "./honest.ts";
import { apply, applyByRoots } from "./parents.ts";
import { type Cast, type Link, invite, join } from "./people.ts";
import { type Account, type Device, type World, nothing } from "./world.ts";

export interface Attacker {
  device: Device;
  /** Grants it tries to act under. */
  auths: EventId[];
  /** Links that only it has. */
  links?: readonly Link[];
}

export interface Plot {
  cast: Cast;
  attackers: Attacker[];
  /** Whom they would harm or let in. */
  people: readonly Account[];
  /** Accounts that the attackers made up. */
  sybils: Account[];
  /** Invites they hold the secrets of. */
  links: Link[];
  /** Of cuts and fences they write: all causes if there is none. */
  ownCauses?: boolean;
}

export function attack(plot: Plot): void {
  const { world } = plot.cast;
  const { random } = world;
  const attacker = random.pick(plot.attackers);
  const { device } = attacker;
  const auth = random.pick(attacker.auths);
  const heads = frontier(world, device);
  const options = { auth, heads, ahead: random.pick([1, 1_000, 100_000]) };
  const bare = { ...options, auth: nothing };
  const write: World["write"] = (...args) => world.write(...args);
  const victim = random.pick([...plot.people, ...plot.sybils, device.owner]);
  const seen = (kinds: readonly string[]): EventId[] => world.events.filter(({ id, header }) => kinds.includes(header.kind) && world.log.inPast(heads, id)).map(({ id }) => id);
  const channels = seen(["channel.create"]) as string[] as ChannelId[];
  const roles = [world.ownerRole, ...seen(["role.create"])];
  const [channel, role, bit] = [channels.length === 0 ? null : random.pick(channels), random.pick(roles), random.pick(bits)];
  switch (random.below(30)) {
    case 0:
      return void write(device, "remove", { account: victim.id }, options);
    case 1:
      return void write(device, "ban", { account: victim.id, until: 0 }, options);
    case 2:
    case 3:
      return void write(device, "grant", { account: random.pick([victim, device.owner]).id, role }, options);
    case 4: {
      const grants = seen(["grant", "admit"]);
      return void (grants.length > 0 && write(device, "revoke", { grant: random.pick(grants) }, options));
    }
    case 5:
      return void write(device, "mute", { account: victim.id, on: random.chance(0.6), until: 0 }, options);
    case 6:
      return void (channel !== null && write(device, "lock", { channel, on: random.chance(0.7) }, options));
    case 7:
      return void (channel !== null && write(device, "override", { channel, subject: random.pick([{ everyone: true }, { role }, { account: victim.id }]), allow: random.chance(0.5) ? bit : 0, deny: bit }, options));
    case 8:
      return void write(device, "role.set", { role, on: random.chance(0.5) ? bit : 0, off: random.chance(0.5) ? bit : 0, name: "mine", colour: null }, options);
    case 9:
      return void write(device, "role.create", { rank: random.pick([1000, 1500, 3500, 4001, 4500]), name: "new", colour: "", permissions: random.pick([allPermissions, bit, 1]) }, options);
    case 10:
      return void (random.chance(0.5) ? write(device, "channel.create", { name: "mine", type: "text" }, options) : channel !== null && write(device, "channel.archive", { channel, on: true }, options));
    case 11:
      return void write(device, "policy.set", { key: "name", value: "mine" }, options);
    case 12:
      return void plot.links.push(invite(world, device, auth, role, 0, heads));
    case 13:
    case 14:
      return sybil(plot, attacker);
    case 15: {
      const invites = seen(["invite.create"]);
      return void (invites.length > 0 && write(device, "invite.revoke", { invite: random.pick(invites) }, options));
    }
    case 16:
    case 17: {
      const causes = seen(["remove", "ban", "revoke", "role.set"]);
      if (causes.length === 0) return;
      const cause = random.pick(causes);
      const beside = random.chance(0.6);
      const some = world.events.filter(({ id }) => world.log.inPast(heads, id) && !(beside && world.log.inPast([cause], id))).map(({ id }) => id);
      return void write(device, "adopt", { cause, ids: random.shuffle(some).slice(0, 12).sort() }, options);
    }
    case 18:
      return void write(device, "leave", { account: device.owner.id }, bare);
    case 19:
      return unbind(plot, attacker, heads);
    case 20: {
      if (random.chance(0.3)) return rebind(plot, attacker, heads);
      const key = world.identityOf(device);
      const made = world.device(device.owner, key === null || random.chance(0.5) ? device.seed : key.seed, undefined, key?.rotations);
      if (world.finders.has(device)) world.finders.set(made, world.finders.get(device)!);
      bindAs(world, made, random.chance(0.7) ? made : device, heads);
      plot.attackers.push({ ...attacker, device: made });
      return;
    }
    case 21:
      return void write(device, "merge", { account: device.owner.id }, bare);
    case 22:
      return void write(device, "unban", { account: victim.id }, options);
    case 23:
      return intruder(plot, attacker);
    case 24:
      return void (channel !== null && lift(plot, options, device, channel));
    case 25:
      return void (random.chance(0.6) ? apply(world, device, victim, heads) : applyByRoots(world, device, victim, heads, random.below(2)));
    case 26:
      return void write(device, "key.rotate", { generation: 1 + random.below(9), secret: [] }, options);
    case 27:
      // The same word again, from another place.
      return void bindAs(world, device, device, heads);
    default:
      return cut(plot, attacker, heads, channel);
  }
}

/** Anything that was ever said, or the newest: what an author cites is its own choice. */
export function frontier(world: World, device: Device): EventId[] {
  const { random } = world;
  if (random.chance(0.3)) return world.newest(world.log.heads()).slice(0, 4);
  const some = Array.from({ length: 1 + random.below(2) }, () => random.pick(world.events).id);
  const own = random.chance(0.6) ? device.knows.slice(0, 2) : [];
  return world.newest([...some, ...own]).slice(0, 4);
}

/** Lets in somebody made up, with any invite there is a secret of. */
function sybil(plot: Plot, { device, links = [] }: Attacker): void {
  const { world } = plot.cast;
  const known = [...plot.links, ...links];
  if (known.length === 0) return;
  const link = world.random.pick(known);
  const account = world.account(`Sybil${plot.sybils.length}`);
  const joined = account.devices[0]!;
  const asked = join(world, joined, link, world.newest([link.invite, ...frontier(world, device)]).slice(0, 4));
  const heads = world.newest([asked, ...device.knows.slice(0, 2)]).slice(0, 4);
  const admit = world.write(device, "admit", { join: asked, invite: link.invite }, { heads, auth: nothing });
  plot.sybils.push(account);
  plot.attackers.push({ device: joined, auths: [admit] });
  world.tell(joined, [admit]);
}

/** Admits somebody made up who proved nothing. */
function intruder({ cast: { world }, sybils }: Plot, { device }: Attacker): void {
  const { random } = world;
  const invites = world.events.filter(({ header }) => header.kind === "invite.create");
  if (invites.length === 0) return;
  const invite = random.pick(invites).id;
  const account = world.account(`Intruder${sybils.length}`);
  const asked = join(world, account.devices[0]!, { invite, seed: random.bytes(32) }, world.newest([invite, ...frontier(world, device)]).slice(0, 4));
  world.write(device, "admit", { join: asked, invite }, { heads: world.newest([asked, ...device.knows.slice(0, 2)]).slice(0, 4), auth: nothing });
  sybils.push(account);
}

/** Gives guests rights of its choice, which one of the attackers uses at once. */
function lift({ cast: { world }, attackers }: Plot, options: { auth: EventId; heads: EventId[] }, device: Device, channel: ChannelId): void {
  const { random } = world;
  const lifted = world.write(device, "role.set", { role: world.roles.guest, on: random.pick([allPermissions, permissionSet("manage-channels")]), off: 0, name: null, colour: null }, options);
  const friend = random.pick(attackers);
  const heads = world.newest([lifted, channel as string as EventId, ...friend.device.knows.slice(0, 2)]);
  world.write(friend.device, "lock", { channel, on: random.chance(0.5) }, { auth: random.pick(friend.auths), heads });
}

/** Its own device once more, or for an account that it made up. */
function rebind(plot: Plot, { device }: Attacker, heads: readonly EventId[]): void {
  const { world } = plot.cast;
  const owner = plot.sybils.length > 0 && world.random.chance(0.5) ? world.random.pick(plot.sybils) : device.owner;
  const key = owner === device.owner ? world.identityOf(device) : { seed: owner.identitySeed, rotations: owner.rotations };
  const again = world.device(owner, key?.seed ?? device.seed, device.seed, key?.rotations);
  if (world.finders.has(device)) world.finders.set(again, world.finders.get(device)!);
  bindAs(world, again, again, heads);
}

/** Binds a device from this frontier. */
export function bindAs(world: World, device: Device, writer: Device, heads: readonly EventId[]): EventId {
  return world.write(writer, "device.bind", { account: device.owner.id, device: device.id, by: writer.id, ...device.certified }, { heads, auth: nothing });
}

/** Gives up a device of its account, by the identity key's word or without. */
export function unbind(plot: Plot, { device }: Attacker, heads: readonly EventId[]): void {
  const { world } = plot.cast;
  const target = world.random.pick(device.owner.devices);
  const sorted = [...heads].sort();
  const key = world.identityOf(device);
  const statement = key !== null && world.random.chance(0.5) ? crypto.sign(key.seed, unbindStatement(world.space as unknown as EventId, target.id, sorted)) : null;
  world.write(device, "device.unbind", { account: device.owner.id, device: target.id, by: device.id, revocation: null, statement }, { heads: sorted, auth: nothing });
}

function cut(plot: Plot, { device, auths }: Attacker, heads: readonly EventId[], channel: ChannelId | null): void {
  const { world } = plot.cast;
  const { random } = world;
  const causes = world.events.filter(({ id, header }) => ["remove", "ban", "mute", "lock", "revoke", "device.unbind", "parent.applied"].includes(header.kind) && world.log.inPast(heads, id) && (!plot.ownCauses || header.device === device.id));
  if (causes.length === 0 || channel === null) return;
  const cause = random.pick(causes);
  const kind = ["mute", "lock", "revoke"].includes(cause.header.kind) ? "fence" : "cut";
  const devices = [...world.devices.keys()].filter(() => random.chance(0.5)).sort().slice(0, 20);
  const points = devices.map((id): [typeof id, number, EventId] => [id, random.below(4), nothing]);
  world.write(device, kind, { cause: cause.id, channel, devices: points, rest: random.chance(0.5) }, { auth: random.pick(auths), heads });
}
