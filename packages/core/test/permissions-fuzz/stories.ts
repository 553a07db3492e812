/**
 * The histories: first what happens among people who keep to the rules, some of them apart; then what attackers write in
 * addition. Whoever is attacked must see the same with and without it.
 */
import type { EventId } from "@multichat/protocol";
import { unbindStatement } from "../../src/control/rules/devices.ts";
import { type ControlState, permissionSet } from "@multichat/core";
import type { SeededRandom } from "@multichat/testing/random";
import { type Attacker, type Plot, attack, frontier, unbind } from "./attack.ts";
import { fakeCrypto as crypto } from "./fake-crypto.ts";
import { type Actor, actorsOf } from "./honest.ts";
import { fenced } from "./fenced.ts";
import { apply, applyByRoots } from "./parents.ts";
import { bind, createCast, invite } from "./people.ts";
import { replaced } from "./replaced.ts";
import { type Story, type Wicked, all, hearAll, live, storyKinds } from "./story.ts";
import { type Account, type Device, type World, keysOf, nothing, roleKinds } from "./world.ts";
import { commitment } from "../../src/control/rules/root.ts";

export function tell(random: SeededRandom): Story {
  const kind = random.pick(storyKinds);
  const cast = createCast(random);
  const { world } = cast;
  const story: Story = { kind, world, honest: [], attack: [], messages: [], attackers: new Set(), sybils: new Set(), reach: Number.POSITIVE_INFINITY, expected: [], happened: () => true };
  const plot: Plot = { cast, attackers: [], people: [...cast.people.values()].flat(), sybils: [], links: [] };
  const begin = { chaos, removed, disarmed, equal, thief, root, rival, readded, patron, replaced, fenced }[kind];
  const wicked = begin(story, plot);
  story.honest = [...world.events];
  story.messages = [...world.messages];
  if (plot.attackers.length > 0) for (let i = 3 + random.below(10); i > 0; i--) wicked();
  story.attack = world.events.slice(story.honest.length);
  for (const { id } of plot.sybils) story.sybils.add(id);
  return story;
}

function chaos(_: Story, { cast }: Plot): Wicked {
  live(cast, 22);
  return () => {};
}

function pickAttackers(plot: Plot, from: readonly ("admin" | "moderator" | "helper" | "member")[]): Account[] {
  const { random } = plot.cast.world;
  const accounts = from.flatMap((role) => plot.cast.people.get(role)!);
  return random.shuffle(accounts).slice(0, 1 + random.below(2));
}

function arm(plot: Plot, accounts: readonly Account[]): void {
  const { world } = plot.cast;
  for (const account of accounts) for (const device of account.devices) plot.attackers.push({ device, auths: [...(world.grants.get(account.id) ?? [nothing])] });
}

/** One or two are removed, banned or demoted; what they write afterwards, or wrote beside it, counts for nothing. */
function removed(story: Story, plot: Plot): Wicked {
  const { cast } = plot;
  const { world } = cast;
  const { random } = world;
  const accounts = pickAttackers(plot, ["admin", "moderator", "member"]);
  const others = all(cast).filter((account) => !accounts.includes(account));
  for (const account of accounts) if (random.chance(0.7)) plot.links.push(invite(world, account.devices[0]!, world.grants.get(account.id)![0]!, world.roles.guest, 5000));
  live(cast, 8, new Set(), others);
  const founder: Actor = { device: cast.founder, auth: world.founderGrant, rank: 1000 };
  hearAll(world, founder, accounts);
  for (const account of accounts) {
    const how = random.below(4);
    if (how === 0) world.write(founder.device, "remove", { account: account.id }, { auth: founder.auth });
    else if (how === 1) world.write(founder.device, "ban", { account: account.id, until: 0 }, { auth: founder.auth });
    else if (how === 2) apply(world, founder.device, account, world.cite(founder.device));
    else for (const grant of world.grants.get(account.id)!) world.write(founder.device, "revoke", { grant }, { auth: founder.auth });
    story.attackers.add(account.id);
  }
  live(cast, 6, new Set(accounts), others.filter((account) => !accounts.includes(account)));
  arm(plot, accounts);
  colluder(story, plot);
  story.happened = (state) => accounts.every(({ id }) => !state.members.has(id)) && isPlain(state, world.roles.guest);
  return () => undo(plot);
}

/** A role without rights over others, and no channel that gives some to everybody. */
function isPlain(state: ControlState, role: EventId): boolean {
  const plain = permissionSet("send", "reply", "react", "attach");
  const gives = [...state.channels.values()].some(({ overrides }) => overrides.some(({ allow }) => (allow & ~plain) !== 0));
  return !gives && (state.roles.get(role)!.permissions & ~plain) === 0;
}

/** Helpers have no rights over what all see: none were added, and there is no override of everyone that they might replace. */
function isAsMade(state: ControlState, world: World): boolean {
  const forEveryone = [...state.channels.values()].some(({ overrides }) => overrides.some(({ subject }) => "everyone" in subject));
  return !forEveryone && state.roles.get(world.roles.helper)!.permissions === roleKinds.helper.permissions;
}

/** A plain member who is no attacker to the others, but lets in whoever comes with a link that should be dead. */
function colluder(story: Story, plot: Plot): void {
  const { world } = plot.cast;
  const member = plot.cast.people.get("guest")!.find(({ id }) => !story.attackers.has(id) && world.grants.get(id)?.length === 1);
  if (member === undefined) return;
  story.attackers.add(member.id);
  const links = plot.cast.links.filter(({ rank }) => rank < 5000);
  plot.attackers.push({ device: member.devices[0]!, auths: [...(world.grants.get(member.id) ?? [nothing])], links });
}

/** A role loses its rights: what its holders do with them from old frontiers counts for nothing. */
function disarmed(story: Story, plot: Plot): Wicked {
  const { cast } = plot;
  const { world } = cast;
  const accounts = cast.people.get("moderator")!;
  const others = all(cast).filter((account) => !accounts.includes(account));
  live(cast, 6, world.random.chance(0.5) ? new Set() : new Set(accounts), others);
  hearAll(world, { device: cast.founder, auth: world.founderGrant, rank: 1000 }, accounts);
  world.write(cast.founder, "role.set", { role: world.roles.moderator, on: 0, off: 2 ** 17 - 1, name: null, colour: null }, { auth: world.founderGrant });
  live(cast, 4, new Set(accounts), others);
  for (const account of accounts) {
    story.attackers.add(account.id);
    const own = world.grants.get(account.id)?.slice(0, 1) ?? [];
    for (const device of account.devices) plot.attackers.push({ device, auths: own });
  }
  story.happened = (state) => isPlain(state, world.roles.moderator) && accounts.every(({ id }) => (state.members.get(id)?.grants.length ?? 0) <= 1);
  return () => undo(plot);
}

/** Attacks, of which some are to take back what it did itself. */
function undo(plot: Plot): void {
  const { world } = plot.cast;
  const attacker = world.random.pick(plot.attackers);
  if (world.random.chance(0.2)) unbind(plot, attacker, frontier(world, attacker.device));
  else attack(plot);
}

/** Helpers with many rights and a low rank, still members: nobody as senior as they must notice. */
function equal(story: Story, plot: Plot): Wicked {
  const { cast } = plot;
  const { world } = cast;
  const helpers = cast.people.get("helper")!;
  const [gone, leaver] = cast.people.get("moderator")!;
  const others = all(cast).filter((account) => !helpers.includes(account));
  live(cast, 6, new Set(helpers), others);
  // Somebody else was removed, with messages beside it and deeds that a friend might want back.
  for (let i = 0; i < 3; i++) world.message(gone!.devices[0]!, world.channels[0]!, world.grants.get(gone!.id)![0]!);
  world.write(cast.founder, "remove", { account: gone!.id }, { auth: world.founderGrant });
  world.write(gone!.devices[0]!, "channel.create", { name: "late", type: "text" }, { auth: world.grants.get(gone!.id)![0]! });
  live(cast, 3, new Set([...helpers, gone!]), others.filter((account) => account !== gone));
  arm(plot, helpers);
  const left = world.random.chance(0.5) ? leave(world, leaver!, helpers) : null;
  for (const { id } of helpers) story.attackers.add(id);
  colluder(story, plot);
  story.reach = 4000;
  story.happened = (state) => isPlain(state, world.roles.guest) && isAsMade(state, world) && helpers.every(({ id }) => (state.members.get(id)?.grants.length ?? 0) <= 1);
  return () => (left !== null && world.random.chance(0.2) ? pursue(plot, leaver!, left) : attack(plot));
}

/** Somebody goes, with messages on the way, and these hear of it. */
function leave(world: World, leaver: Account, heard: readonly Account[]): EventId {
  const [device] = leaver.devices as [Device];
  for (let i = 0; i < 3; i++) world.message(device, world.channels[0]!, world.grants.get(leaver.id)![0]!);
  const left = world.write(device, "leave", { account: leaver.id }, { auth: nothing });
  for (const { devices } of heard) world.tell(devices[0]!, [left]);
  return left;
}

/** Whoever has left is junior to nobody any more. */
function pursue({ cast: { world }, attackers }: Plot, leaver: Account, left: EventId): void {
  const { device, auths } = world.random.pick(attackers);
  const kind = world.random.pick(["mute", "remove", "ban"] as const);
  const heads = world.newest([left, ...device.knows.slice(0, 2)]);
  world.write(device, kind, { account: leaver.id, on: true, until: 0 } as never, { auth: world.random.pick(auths), heads });
}

/** A laptop is stolen; the phrase says which of its deeds were still its owner's. */
function thief(story: Story, plot: Plot): Wicked {
  const { cast } = plot;
  const { world } = cast;
  const account = world.random.pick([...cast.people.get("admin")!, ...cast.people.get("moderator")!]);
  const stolen = account.devices[0]!;
  if (world.random.chance(0.4)) {
    world.replacePhrase(stolen);
    bind(world, stolen, cast.founder);
  }
  bind(world, world.device(account, account.identitySeed), cast.founder);
  const own = account.devices[1]!;
  world.tell(own, stolen.knows);
  const others = all(cast).filter((other) => other !== account);
  live(cast, 8, new Set(), others);
  world.tell(own, stolen.knows);
  const heads = world.cite(own);
  const statement = crypto.sign(account.identitySeed, unbindStatement(world.space as unknown as EventId, stolen.id, [...heads].sort()));
  world.write(own, "device.unbind", { account: account.id, device: stolen.id, by: own.id, revocation: null, statement }, { heads, auth: nothing });
  const grants = [...(world.grants.get(account.id) ?? [nothing])];
  world.thieves.add(stolen);
  const attacker: Attacker = { device: stolen, auths: grants };
  plot.attackers.push(attacker);
  // The other devices of the account are what the thief may well end, in turn.
  story.attackers.add(account.id);
  return () => {
    attack(plot);
    for (const { device } of plot.attackers) world.thieves.add(device);
  };
}

/** Root keys: too few of them, or of a generation that is over. */
function root(story: Story, plot: Plot): Wicked {
  const { cast } = plot;
  const { world } = cast;
  const { random } = world;
  live(cast, 5);
  const [first, second, third] = world.roots as [World["roots"][number], World["roots"][number], World["roots"][number]];
  const rotated = random.chance(0.6);
  if (rotated) {
    const payload = { generation: 1, keys: keysOf(second), k: second.k, next: commitment(crypto, keysOf(third)) };
    world.write(cast.founder, "root.rotate", payload, { auth: world.space as unknown as EventId, root: { generation: 1, seeds: second.seeds } });
    live(cast, 3);
  }
  const seeds = rotated ? first.seeds : first.seeds.slice(0, first.k - 1);
  const { device } = random.pick(actorsOf(cast));
  const auth = world.space as unknown as EventId;
  plot.attackers.push({ device, auths: [auth] });
  return () => {
    const heads = frontier(world, device);
    const statement = { auth, heads, root: { generation: 0, seeds } };
    const victim = random.pick([world.founder, ...plot.people]);
    const keys = keysOf(second);
    const choice = random.below(4);
    if (choice === 0) world.write(device, "remove", { account: victim.id }, statement);
    else if (choice === 1) world.write(device, "grant", { account: device.owner.id, role: world.ownerRole }, statement);
    else if (choice === 2) world.write(device, "policy.set", { key: "name", value: "mine" }, statement);
    else if (random.chance(0.5)) applyByRoots(world, device, victim, heads, 1);
    else if (!rotated) world.write(device, "root.rotate", { generation: 1, keys, k: 1, next: commitment(crypto, keysOf(third)) }, { ...statement, root: { generation: 1, seeds: second.seeds.slice(0, second.k - 1) } });
  };
}

/** Somebody removed already is removed again, with another cut: neither more nor less of what they wrote is to be seen. */
function rival(story: Story, plot: Plot): Wicked {
  const { cast } = plot;
  const { world } = cast;
  const { random } = world;
  const [one, other] = cast.people.get("admin") as [Account, Account];
  const [gone] = cast.people.get("moderator")!;
  const victim = gone!;
  for (let i = 0; i < 4; i++) world.message(victim.devices[0]!, world.channels[0]!, world.grants.get(victim.id)![0]!);
  const auth = world.grants.get(one.id)![0]!;
  const cause = world.write(one.devices[0]!, "remove", { account: victim.id }, { auth });
  const point: [typeof victim.devices[0]["id"], number, EventId] = [victim.devices[0]!.id, 1 + random.below(3), nothing];
  world.write(one.devices[0]!, "cut", { cause, channel: world.channels[0]!, devices: [point], rest: false }, { auth });
  world.tell(other.devices[0]!, one.devices[0]!.knows);
  story.attackers.add(other.id).add(victim.id);
  const rivalAuth = world.grants.get(other.id)![0]!;
  plot.ownCauses = true;
  plot.attackers.push({ device: other.devices[0]!, auths: [rivalAuth] });
  return () => {
    const device = other.devices[0]!;
    const again = world.write(device, random.pick(["remove", "ban"] as const), { account: victim.id, until: 0 } as never, { auth: rivalAuth });
    world.write(device, "cut", { cause: random.pick([again, cause]), channel: world.channels[0]!, devices: [[point[0], random.pick([0, point[1]]), nothing]], rest: random.chance(0.5) }, { auth: rivalAuth });
    if (random.chance(0.5)) world.write(device, "cut", { cause: again, channel: world.channels[0]!, devices: [[point[0], 9, nothing]], rest: false }, { auth: rivalAuth });
  };
}

/** Removed by one, given something by another who has not heard of it, or has and does not care. */
function readded(_: Story, { cast }: Plot): Wicked {
  const { world } = cast;
  const { random } = world;
  const [ann, abe] = cast.people.get("admin") as [Account, Account];
  const bob = random.pick(cast.people.get("member")!);
  live(cast, 3, new Set([bob]));
  const kind = random.pick(["remove", "ban"] as const);
  world.write(cast.founder, kind, { account: bob.id, until: 0 } as never, { auth: world.founderGrant });
  if (random.chance(0.5)) world.tell(abe.devices[0]!, cast.founder.knows);
  for (const admin of [ann, abe]) {
    const auth = world.grants.get(admin.id)![0]!;
    const grant = world.write(admin.devices[0]!, "grant", { account: bob.id, role: world.roles.member }, { auth });
    world.tell(bob.devices[0]!, admin.devices[0]!.knows);
    world.message(bob.devices[0]!, world.channels[0]!, grant);
  }
  live(cast, 4);
  return () => {};
}

/** Somebody senior to who was removed, and junior to who removed, would keep what came beside the removal. */
function patron(story: Story, plot: Plot): Wicked {
  const { cast } = plot;
  const { world } = cast;
  const gone = cast.people.get("helper")![0]!;
  const friend = cast.people.get("moderator")![0]!;
  live(cast, 4, new Set([gone, friend]), all(cast).filter((account) => account !== gone && account !== friend));
  const cause = world.write(cast.founder, "remove", { account: gone.id }, { auth: world.founderGrant });
  const auth = world.grants.get(gone.id)![0]!;
  const late = [1, 2, 3].map((n) => world.write(gone.devices[0]!, "role.create", { rank: 4_000 + n, name: `late${n}`, colour: "", permissions: 1 }, { auth }));
  story.attackers.add(friend.id).add(gone.id);
  plot.attackers.push({ device: friend.devices[0]!, auths: [world.grants.get(friend.id)![0]!] });
  return () => {
    const device = friend.devices[0]!;
    const heads = world.newest([cause, late.at(-1)!, ...device.knows.slice(0, 2)]);
    world.write(device, "adopt", { cause, ids: late.sort() }, { auth: world.grants.get(friend.id)![0]!, heads });
  };
}
