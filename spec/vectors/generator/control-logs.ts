/** Control logs of spec/04-control.md with the state they come to, in any order their events arrive. */
import { type Event, createControlLog, founderGrantId, ownerRoleId, resolve, startingRoles } from "@multichat/core";
import {
  type ControlKind,
  type ControlPayload,
  type EventId,
  type SpaceId,
  encode,
  eventValue,
  toHex,
} from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { type Link, type Person, controlEvent, createPerson, crypto, genesisOf, inviteKey, joinPayload, nothing } from "../../../packages/core/test/people.ts";
import type { Json } from "./json.ts";

interface Options {
  /** Heads the author acted under; without them, all that are held. */
  ctl?: EventId[];
  auth?: EventId;
  minute?: number;
  seq?: number;
  prev?: EventId;
}

/** Writes one history, each event on top of all before it unless told otherwise. */
function begin(name: string, genesisChange: Partial<ControlPayload<"genesis">> = {}) {
  const random = createSeededRandom(`vectors/control-logs/${name}`);
  const people: Person[] = [];
  const person = (who: string): Person => {
    const made = createPerson(random, who);
    people.push(made);
    return made;
  };
  const ada = person("Ada");
  const genesis = genesisOf(random, ada, genesisChange);
  const space = genesis.id as SpaceId;
  const log = createControlLog(space);
  const events: Event[] = [];
  const tips = new Map<string, { seq: number; id: EventId }>();
  let minute = 0;

  function put(event: Event): EventId {
    events.push(event);
    log.add(event);
    tips.set(event.header.device, { seq: event.header.seq, id: event.id });
    return event.id;
  }

  function write<K extends ControlKind>(author: Person, kind: K, payload: ControlPayload<K>, options: Options = {}): EventId {
    const tip = tips.get(author.device) ?? { seq: 0, id: nothing };
    const place = {
      space, channel: space, seq: options.seq ?? tip.seq + 1, prev: options.prev ?? tip.id, ctl: options.ctl ?? log.heads(),
      auth: options.auth ?? nothing, minute: options.minute ?? ++minute,
    };
    return put(controlEvent(random, author, kind, payload, place));
  }

  put(genesis);
  const founder = founderGrantId(crypto, space);
  return {
    random, person, ada, space, log, events, write, founder, put,
    owner: ownerRoleId(crypto, space),
    known: (device: string): Person => people.find((one) => one.device === device)!,
    /** The role of that name among those a new workspace starts with. */
    role(which: string): EventId {
      const { rank, name: title, colour, permissions } = startingRoles.find((role) => role.name === which)!;
      return write(ada, "role.create", { rank, name: title, colour, permissions }, { auth: founder });
    },
    invite(role: EventId, by: Person = ada, auth: EventId = founder): Link {
      const secret = random.bytes(32);
      const invite = write(by, "invite.create", { role, key: inviteKey(secret), expires: 0, max: 1 }, { auth });
      return { invite, secret };
    },
    /** Answers the grant. */
    join(who: Person, link: Link, admitter: Person = ada): EventId {
      const join = write(who, "join", joinPayload(space, who, link));
      return write(admitter, "admit", { join, invite: link.invite });
    },
    heads: () => log.heads(),
  };
}

type Story = ReturnType<typeof begin>;

const eventHex = (event: Event): string => toHex(encode(eventValue(event.wire)));
const byId = (a: Json, b: Json): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

function told(what: string, { events, log, space }: Story): Json {
  const state = resolve(crypto, log)!;
  return {
    what,
    space,
    events: events.map(eventHex),
    policies: Object.fromEntries(state.policies),
    members: [...state.members.values()]
      .map(({ account, grants, devices }): Json => ({ account, grants: grants.map(({ id, role }): Json => ({ id, role: role.id })), devices: [...devices].sort() }))
      .sort(byId),
    roles: [...state.roles.values()].map(({ id, rank, name, colour, permissions }): Json => ({ id, rank, name, colour, permissions })).sort(byId),
    channels: [...state.channels.values()].map(({ id, name, type, topic, archived, createdAt }): Json => ({ id, name, type, topic, archived, createdAt })).sort(byId),
    invites: [...state.invites.values()]
      .map(({ id, role, expires, max, revoked, admitted, createdBy }): Json => ({ id, role: role.id, createdBy, expires, max, revoked, admitted: [...admitted].sort() }))
      .sort(byId),
    void: [...state.void].map(([id, why]): Json => ({ id, why })).sort(byId),
  };
}

/** The last event of the history is without effect. */
function without(what: string, story: Story): Json {
  const last = story.events.at(-1)!;
  const why = resolve(crypto, story.log)!.void.get(last.id);
  if (why === undefined) throw new Error(`it has effect: ${what}`);
  return { what, space: story.space, events: story.events.map(eventHex), void: last.id, why };
}

function histories(): Json[] {
  const found: Json[] = [];
  const add = (what: string, tell: (story: Story) => void): void => {
    const story = begin(what);
    tell(story);
    found.push(told(what, story));
  };

  add("a genesis alone: the owner role, its grant and the founder's device", () => {});
  add("a new workspace: the starting roles and #general", ({ ada, founder, write, role }) => {
    for (const { name } of startingRoles) role(name);
    write(ada, "channel.create", { name: "general", type: "text" }, { auth: founder });
  });
  add("an invite, a join and its admission", ({ person, role, invite, join }) => void join(person("Bob"), invite(role("Member"))));
  add("a join that nobody has admitted", ({ person, role, invite, write, space }) => {
    const bob = person("Bob");
    write(bob, "join", joinPayload(space, bob, invite(role("Member"))));
  });
  add("a member invites a guest, and lets in whom the owner invited as one", ({ person, role, invite, join }) => {
    const [bob, carol] = [person("Bob"), person("Carol")];
    const [member, guest] = [role("Member"), role("Guest")];
    const grant = join(bob, invite(member));
    join(carol, invite(guest, bob, grant), bob);
  });
  add("two admissions of one join, by members who did not know of each other's: one use", ({ ada, person, role, invite, join, write, space, heads }) => {
    const [bob, carol] = [person("Bob"), person("Carol")];
    const member = role("Member");
    join(bob, invite(member));
    const link = invite(member);
    const asked = write(carol, "join", joinPayload(space, carol, link));
    const before = heads();
    write(ada, "admit", { join: asked, invite: link.invite }, { ctl: before });
    write(bob, "admit", { join: asked, invite: link.invite }, { ctl: before });
  });
  add("an invite withdrawn while another member admits by it: the admission is void", ({ ada, founder, person, role, invite, join, write, space, heads }) => {
    const [bob, carol] = [person("Bob"), person("Carol")];
    const member = role("Member");
    join(bob, invite(member));
    const link = invite(member);
    const asked = write(carol, "join", joinPayload(space, carol, link));
    const before = heads();
    write(ada, "invite.revoke", { invite: link.invite }, { ctl: before, auth: founder });
    write(bob, "admit", { join: asked, invite: link.invite }, { ctl: before });
  });
  add("leaving ends the grants, and a new admission brings back", ({ person, role, invite, join, write }) => {
    const bob = person("Bob");
    const member = role("Member");
    join(bob, invite(member));
    write(bob, "leave", { account: bob.account });
    join(bob, invite(member));
  });
  add("registers: the senior rank wins whatever the clock says, then the later stamp, then the greater id", ({ ada, founder, person, role, invite, join, write, heads }) => {
    const bob = person("Bob");
    const grant = join(bob, invite(role("Admin")));
    const channel = write(ada, "channel.create", { name: "general", type: "text" }, { auth: founder }) as never;
    const before = heads();
    write(ada, "channel.set", { channel, key: "topic", value: "the owner's" }, { ctl: before, auth: founder, minute: 50 });
    write(bob, "channel.set", { channel, key: "topic", value: "an admin's, later" }, { ctl: before, auth: grant, minute: 60 });
    write(bob, "channel.set", { channel, key: "name", value: "first" }, { auth: grant, minute: 70 });
    write(bob, "channel.set", { channel, key: "name", value: "second" }, { auth: grant, minute: 71 });
    write(bob, "channel.archive", { channel, on: true }, { auth: grant, minute: 72 });
  });
  add("one device, claimed by two accounts at once: the first join by (hlc, id) binds it", ({ ada, person, role, invite, join, write, space, heads, random }) => {
    const bob = person("Bob");
    const member = role("Member");
    join(bob, invite(member));
    const [one, two] = [invite(member), invite(member)];
    const before = heads();
    const carol = person("Carol");
    const first = write(carol, "join", joinPayload(space, carol, one), { ctl: before });
    // The same device key, certified by another account.
    const dan = anotherAccountOf(random, carol);
    const second = write(dan, "join", joinPayload(space, dan, two), { ctl: before, seq: 1, prev: nothing, minute: 30 });
    write(bob, "admit", { join: second, invite: two.invite }, { ctl: [second], minute: 40 });
    write(ada, "admit", { join: first, invite: one.invite }, { ctl: [first], minute: 41 });
  });
  add("five members who act at once: more heads than an event may cite, merged first", ({ ada, founder, person, role, invite, join, write, heads }) => {
    const admin = role("Admin");
    const members = ["Bob", "Carol", "Dan", "Eve", "Finn"].map((name) => {
      const who = person(name);
      return { who, auth: join(who, invite(admin)) };
    });
    const before = heads();
    for (const { who, auth } of members) write(who, "channel.create", { name: who.name.toLowerCase(), type: "text" }, { ctl: before, auth });
    write(ada, "merge", { account: ada.account }, { ctl: heads().slice(0, 4) });
    write(ada, "policy.set", { key: "name", value: "Merged" }, { auth: founder });
  });
  return found;
}

/** Another account that has certified the same device: `createPerson` draws the device's seed third. */
function anotherAccountOf(random: Story["random"], { signingSeed }: Person): Person {
  let draws = 0;
  return createPerson({ bytes: (length) => (++draws === 3 ? signingSeed : random.bytes(length)) }, "another account");
}

function voidHistories(): Json[] {
  const found: Json[] = [];
  const add = (what: string, tell: (story: Story) => void): void => {
    const story = begin(what);
    tell(story);
    found.push(without(what, story));
  };
  const withBob = (story: Story, roleName = "Member") => {
    const bob = story.person("Bob");
    const role = story.role(roleName);
    return { bob, role, grant: story.join(bob, story.invite(role)) };
  };

  add("a channel made without the permission to", (story) => {
    const { bob, grant } = withBob(story);
    story.write(bob, "channel.create", { name: "mine", type: "text" }, { auth: grant });
  });
  add("under a grant of somebody else", (story) => {
    const { bob } = withBob(story);
    story.write(bob, "channel.create", { name: "mine", type: "text" }, { auth: story.founder });
  });
  add("under a grant that ended when its holder left", (story) => {
    const { bob, grant } = withBob(story, "Admin");
    story.write(bob, "leave", { account: bob.account });
    story.write(bob, "channel.create", { name: "after", type: "text" }, { auth: grant });
  });
  add("a role as senior as its author's", (story) => {
    const { bob, grant } = withBob(story, "Admin");
    story.write(bob, "role.create", { rank: 2_000, name: "Peer", colour: "", permissions: 1 }, { auth: grant });
  });
  add("a role with a permission its author lacks", (story) => {
    const { bob, grant } = withBob(story, "Admin");
    story.write(bob, "role.create", { rank: 2_500, name: "Trojan", colour: "", permissions: 2 ** 17 }, { auth: grant });
  });
  add("a grant of a role not junior to the acting one", (story) => {
    const { bob, role, grant } = withBob(story, "Admin");
    story.write(bob, "grant", { account: bob.account, role }, { auth: grant });
  });
  add("an invite to a role not junior to the acting one", (story) => {
    const { bob, role, grant } = withBob(story);
    story.write(bob, "invite.create", { role, key: story.random.bytes(32), expires: 0, max: 0 }, { auth: grant });
  });
  add("another's invite withdrawn without manage-space", (story) => {
    const { bob, role, grant } = withBob(story);
    const link = story.invite(role);
    story.write(bob, "invite.revoke", { invite: link.invite }, { auth: grant });
  });
  add("an admission after the invite was withdrawn", (story) => {
    const member = story.role("Member");
    const carol = story.person("Carol");
    const link = story.invite(member);
    const join = story.write(carol, "join", joinPayload(story.space, carol, link));
    story.write(story.ada, "invite.revoke", { invite: link.invite }, { auth: story.founder });
    story.write(story.ada, "admit", { join, invite: link.invite });
  });
  add("an admission by somebody junior to the invite's role", (story) => {
    const { bob } = withBob(story);
    const carol = story.person("Carol");
    const link = story.invite(story.role("Admin"));
    const join = story.write(carol, "join", joinPayload(story.space, carol, link));
    story.write(bob, "admit", { join, invite: link.invite });
  });
  add("a join with a proof for another account", (story) => {
    const link = story.invite(story.role("Member"));
    const [carol, dan] = [story.person("Carol"), story.person("Dan")];
    story.write(carol, "join", { ...joinPayload(story.space, carol, link), proof: joinPayload(story.space, dan, link).proof });
  });
  add("a join with another's certificate", (story) => {
    const link = story.invite(story.role("Member"));
    const [carol, dan] = [story.person("Carol"), story.person("Dan")];
    const { certificate, acceptance } = dan;
    story.write(carol, "join", { ...joinPayload(story.space, carol, link), certificate, acceptance });
  });
  add("a stamp before that of what it cites", (story) => {
    story.write(story.ada, "policy.set", { key: "name", value: "Back" }, { auth: story.founder, minute: 0 });
  });
  add("heads that do not cover its own feed", (story) => {
    const { bob } = withBob(story);
    const before = story.log.events().find(({ header }) => header.kind === "invite.create")!.id;
    story.write(bob, "merge", { account: bob.account }, { ctl: [before], minute: 90 });
  });
  add("a leave for another account", (story) => {
    const { bob } = withBob(story);
    story.write(bob, "leave", { account: story.ada.account });
  });
  add("a device bound by one that nobody knows", (story) => {
    const carol = story.person("Carol");
    const { certificate, acceptance } = carol;
    // Well signed by Carol's identity, but she is no member: the binding stands, and what she does under it does not.
    story.write(carol, "device.bind", { account: carol.account, device: carol.device, by: carol.device, certificate, acceptance });
    story.write(carol, "channel.create", { name: "mine", type: "text" }, { auth: story.founder });
  });
  add("a removal of somebody more senior", (story) => {
    const { bob } = withBob(story, "Admin");
    const { grant } = withBob(story, "Moderator");
    const moderator = story.log.events().findLast(({ header }) => header.kind === "join")!.header.device;
    story.write(story.known(moderator), "remove", { account: bob.account }, { auth: grant });
  });
  return found;
}

function noSpaces(): Json[] {
  const one = (what: string, change: Partial<ControlPayload<"genesis">>): Json => {
    const { events, log, space } = begin(what, change);
    if (resolve(crypto, log) !== null) throw new Error(`it is a space: ${what}`);
    return { what, space, events: events.map(eventHex) };
  };
  const mallory = createPerson(createSeededRandom("vectors/control-logs/mallory"), "Mallory");
  return [
    one("rules that this version does not know", { rules: 7 }),
    one("a founder's certificate of another account", { certificate: mallory.certificate, acceptance: mallory.acceptance }),
    one("a founding device that did not sign", { device: mallory.device }),
  ];
}

export function controlLogHistories(): { valid: Record<string, Json[]>; invalid: Record<string, Json[]> } {
  return { valid: { histories: histories() }, invalid: { withoutEffect: voidHistories(), noSpace: noSpaces() } };
}
