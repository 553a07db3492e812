/** Who is in a history: a founder, some people of each role, with a device each; and how they get in. */
import { proveInvite } from "@multichat/core";
import type { AccountId, EventId } from "@multichat/protocol";
import type { SeededRandom } from "@multichat/testing/random";
import { fakeCrypto as crypto } from "./fake-crypto.ts";
import { type Account, type Device, type RoleKind, World, nothing, roleKinds } from "./world.ts";

export interface Link {
  invite: EventId;
  seed: Uint8Array;
  role: EventId;
  rank: number;
  issuer: AccountId;
}

export interface Cast {
  world: World;
  founder: Device;
  /** By the role they came with. */
  people: Map<RoleKind, Account[]>;
  links: Link[];
}

const names: Record<RoleKind, string[]> = { admin: ["Ann", "Abe"], moderator: ["Moe", "Mia"], helper: ["Hal"], member: ["Bob", "Bea"], guest: ["Gus"] };

export function createCast(random: SeededRandom): Cast {
  const world = new World(random);
  const founder = world.founder.devices[0]!;
  for (const [name, { rank, permissions }] of Object.entries(roleKinds)) {
    world.roles[name as RoleKind] = world.write(founder, "role.create", { rank, name, colour: "", permissions }, { auth: world.founderGrant });
  }
  world.write(founder, "channel.create", { name: "general", type: "text" }, { auth: world.founderGrant });
  const cast: Cast = { world, founder, people: new Map(), links: [] };
  for (const [role, all] of Object.entries(names) as [RoleKind, string[]][]) {
    cast.people.set(role, all.map((name) => (random.chance(0.5) ? granted(cast, name, role) : invited(cast, name, role))));
  }
  for (const device of world.devices.values()) world.tell(device, founder.knows);
  return cast;
}

function granted({ world, founder }: Cast, name: string, role: RoleKind): Account {
  const account = world.account(name);
  world.write(founder, "grant", { account: account.id, role: world.roles[role] }, { auth: world.founderGrant });
  bind(world, account.devices[0]!, founder);
  return account;
}

/** The device binds itself, on top of what another has been told, which is told of it. */
export function bind(world: World, device: Device, host: Device): EventId {
  world.tell(device, host.knows);
  const { certificate, acceptance } = device.certified;
  const id = world.write(device, "device.bind", { account: device.owner.id, device: device.id, by: device.id, certificate, acceptance });
  world.tell(host, [id]);
  return id;
}

function invited(cast: Cast, name: string, role: RoleKind): Account {
  const link = invite(cast.world, cast.founder, cast.world.founderGrant, cast.world.roles[role], roleKinds[role].rank);
  cast.links.push(link);
  const account = cast.world.account(name);
  letIn(cast.world, account.devices[0]!, link, cast.founder);
  return account;
}

export function invite(world: World, device: Device, auth: EventId, role: EventId, rank: number, heads?: readonly EventId[]): Link {
  const seed = world.random.bytes(32);
  const options = heads === undefined ? { auth } : { auth, heads };
  const id = world.write(device, "invite.create", { role, key: crypto.publicKey(seed), expires: 0, max: 0 }, options);
  return { invite: id, seed, role, rank, issuer: device.owner.id };
}

export function join(world: World, device: Device, link: Pick<Link, "invite" | "seed">, heads: readonly EventId[]): EventId {
  const claim = { space: world.space as unknown as EventId, invite: link.invite, account: device.owner.id, device: device.id };
  const { certificate, acceptance } = device.certified;
  return world.write(device, "join", { invite: link.invite, account: device.owner.id, device: device.id, certificate, acceptance, proof: proveInvite(crypto, link.seed, claim) }, { heads });
}

export function letIn(world: World, device: Device, link: Link, admitter: Device): EventId {
  const asked = join(world, device, link, world.cite(admitter));
  world.tell(admitter, [asked]);
  const admit = world.write(admitter, "admit", { join: asked, invite: link.invite }, { auth: nothing });
  world.tell(device, [admit]);
  return admit;
}
