/** Control logs of spec/04-control.md with the state they come to, in any order their events arrive. */
import { resolve, startingRoles } from "@multichat/core";
import type { ControlPayload } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { type Person, createPerson, crypto, joinPayload, nothing, start } from "../../../packages/core/test/people.ts";
import { deviceHistories, voidDeviceHistories } from "./control-log-devices.ts";
import { rootHistories, voidRootHistories } from "./control-log-roots.ts";
import { type Setting, type Story, begin, eventHex, team, told, without } from "./control-log-story.ts";
import type { Json } from "./json.ts";

function histories(): Json[] {
  const found: Json[] = [];
  const add = (what: string, tell: (story: Story) => void, setting?: Setting): void => {
    const story = begin(what, setting);
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
  add("strong removal: what the removed does beside it is void, however old its frontier; a cut says which messages stay", (story) => {
    const { channel, ann, moe, roles } = team(story);
    const before = story.heads();
    story.say(moe.who, moe.auth, channel, { ctl: before });
    const kept = story.tip(moe.who, channel);
    story.say(moe.who, moe.auth, channel, { ctl: before });
    const cause = story.write(ann.who, "remove", { account: moe.who.account }, { ctl: before, auth: ann.auth });
    const carol = story.person("Carol");
    story.write(moe.who, "invite.create", { role: roles.Member, key: story.random.bytes(32), expires: 0, max: 0 }, { ctl: before, auth: moe.auth });
    story.write(moe.who, "mute", { account: carol.account, on: true, until: 0 }, { ctl: story.heads(), auth: moe.auth });
    story.write(ann.who, "cut", { cause, channel: channel as never, devices: [[moe.who.device, kept.seq, kept.id]], rest: true }, { auth: ann.auth });
  });
  add("what is not yet cut stands where it came before the removal", (story) => {
    const { channel, ann, moe } = team(story);
    const before = story.heads();
    story.say(moe.who, moe.auth, channel, { ctl: before });
    story.write(ann.who, "remove", { account: moe.who.account }, { ctl: before, auth: ann.auth });
  });
  add("two who remove each other at the same time: equals both stay", (story) => {
    const { ann, roles } = team(story);
    const abe = story.person("Abe");
    const auth = story.join(abe, story.invite(roles.Admin));
    const before = story.heads();
    story.write(ann.who, "remove", { account: abe.account }, { ctl: before, auth: ann.auth });
    story.write(abe, "remove", { account: ann.who.account }, { ctl: before, auth });
  });
  add("re-adding: a grant beside a ban is of no use, nor one after it, until the ban is lifted", (story) => {
    const { ada, founder } = story;
    const { ann, bob, roles } = team(story);
    const before = story.heads();
    story.write(ada, "ban", { account: bob.who.account, until: 0 }, { ctl: before, auth: founder });
    story.write(ann.who, "grant", { account: bob.who.account, role: roles.Member }, { ctl: before, auth: ann.auth });
    story.write(ann.who, "grant", { account: bob.who.account, role: roles.Member }, { auth: ann.auth });
    const carol = story.person("Carol");
    story.write(ada, "ban", { account: carol.account, until: 0 }, { auth: founder });
    story.write(ada, "unban", { account: carol.account }, { auth: founder });
    story.write(ann.who, "grant", { account: carol.account, role: roles.Member }, { auth: ann.auth });
  });
  add("an adoption keeps what a removal made void", (story) => {
    const { ann, moe } = team(story);
    const before = story.heads();
    const cause = story.write(ann.who, "remove", { account: moe.who.account }, { ctl: before, auth: ann.auth });
    const carol = story.person("Carol");
    const late = story.write(moe.who, "mute", { account: carol.account, on: true, until: 0 }, { ctl: before, auth: moe.auth });
    story.write(ann.who, "adopt", { cause, ids: [late] }, { auth: ann.auth });
  });
  add("a withdrawn grant, a role that loses a bit, and what is done with them beside that", (story) => {
    const { ada, founder } = story;
    const { ann, moe, bob, roles } = team(story);
    const before = story.heads();
    story.write(ada, "role.set", { role: roles.Moderator, on: 0, off: 1 << 10, name: "Helper", colour: null }, { ctl: before, auth: founder });
    story.write(moe.who, "mute", { account: bob.who.account, on: true, until: 0 }, { ctl: before, auth: moe.auth });
    const now = story.heads();
    story.write(ada, "revoke", { grant: ann.auth }, { ctl: now, auth: founder });
    story.write(ann.who, "policy.set", { key: "name", value: "Mine" }, { ctl: now, auth: ann.auth });
  });
  add("an invite dies with its issuer, for whoever is admitted by it beside the removal", (story) => {
    const { ann, moe, bob } = team(story);
    const guest = story.role("Guest");
    const link = story.invite(guest, moe.who, moe.auth);
    const carol = story.person("Carol");
    const join = story.write(carol, "join", joinPayload(story.space, carol, link));
    const before = story.heads();
    story.write(ann.who, "remove", { account: moe.who.account }, { ctl: before, auth: ann.auth });
    story.write(bob.who, "admit", { join, invite: link.invite }, { ctl: before });
  });
  add("overrides in a channel: everyone, roles, the member; and a mute, a lock and slow mode", (story) => {
    const { ada, founder } = story;
    const { channel, moe, bob, roles } = team(story);
    const id = channel as never;
    story.write(ada, "override", { channel: id, subject: { everyone: true }, allow: 0, deny: 1 }, { auth: founder });
    story.say(bob.who, bob.auth, channel);
    story.write(ada, "override", { channel: id, subject: { role: roles.Moderator }, allow: 1, deny: 0 }, { auth: founder });
    story.say(moe.who, moe.auth, channel);
    story.write(ada, "override", { channel: id, subject: { account: bob.who.account }, allow: 1, deny: 0 }, { auth: founder });
    story.say(bob.who, bob.auth, channel);
    story.write(moe.who, "mute", { account: bob.who.account, on: true, until: start + 1_000 * 60_000 }, { auth: moe.auth });
    story.say(bob.who, bob.auth, channel);
    story.say(bob.who, bob.auth, channel, { minute: 1_001 });
    story.write(ada, "lock", { channel: id, on: true }, { auth: founder });
    story.write(ada, "slow", { channel: id, seconds: 30 }, { auth: founder });
    story.say(moe.who, moe.auth, channel, { minute: 1_010 });
  });
  add("a fence after a mute: what was written beside it stands up to there", (story) => {
    const { channel, ann, bob } = team(story);
    const before = story.heads();
    story.say(bob.who, bob.auth, channel, { ctl: before });
    const kept = story.tip(bob.who, channel);
    story.say(bob.who, bob.auth, channel, { ctl: before });
    const cause = story.write(ann.who, "mute", { account: bob.who.account, on: true, until: 0 }, { ctl: before, auth: ann.auth });
    story.write(ann.who, "fence", { cause, channel: channel as never, devices: [[bob.who.device, kept.seq, kept.id]], rest: false }, { auth: ann.auth });
  });
  add("a mute of somebody who has left, by who was junior: what was written before stands", (story) => {
    const { channel, ann, moe } = team(story);
    const before = story.heads();
    story.say(ann.who, ann.auth, channel, { ctl: before });
    story.write(ann.who, "leave", { account: ann.who.account });
    story.write(moe.who, "mute", { account: ann.who.account, on: true, until: 0 }, { auth: moe.auth });
  });
  add("the root: one of its keys removes the founder and makes another owner", (story) => {
    const { ada } = story;
    const { ann } = team(story);
    story.rooted(ann.who, "grant", { account: ann.who.account, role: story.owner }, 0, [story.rootSeed]);
    story.rooted(ann.who, "remove", { account: ada.account }, 0, [story.rootSeed]);
  });
  add("an unbinding ends a device for those who have seen it", (story) => {
    const { channel, bob } = team(story);
    const before = story.heads();
    story.say(bob.who, bob.auth, channel, { ctl: before });
    story.write(bob.who, "device.unbind", { account: bob.who.account, device: bob.who.device, by: bob.who.device, revocation: null, statement: null }, { ctl: before });
    story.say(bob.who, bob.auth, channel);
  });
  for (const { what, tell, setting } of [...deviceHistories, ...rootHistories]) add(what, tell, setting);
  return found;
}

/** Another account that has certified the same device: `createPerson` draws the device's seed third. */
function anotherAccountOf(random: Story["random"], { signingSeed }: Person): Person {
  let draws = 0;
  return createPerson({ bytes: (length) => (++draws === 3 ? signingSeed : random.bytes(length)) }, "another account");
}

function voidHistories(): Json[] {
  const found: Json[] = [];
  const add = (what: string, tell: (story: Story) => void, setting?: Setting): void => {
    const story = begin(what, setting);
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
  add("an admission of a join with a proof for another account, by a member who did not ask for the proof", (story) => {
    const { bob, role } = withBob(story);
    const link = story.invite(role);
    const [carol, dan] = [story.person("Carol"), story.person("Dan")];
    const join = story.write(carol, "join", { ...joinPayload(story.space, carol, link), proof: joinPayload(story.space, dan, link).proof });
    story.write(bob, "admit", { join, invite: link.invite });
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
  for (const { what, tell, setting } of [...voidDeviceHistories, ...voidRootHistories]) add(what, tell, setting);
  return found;
}

function noSpaces(): Json[] {
  const one = (what: string, change: Partial<ControlPayload<"genesis">>): Json => {
    const { events, log, space } = begin(what, { genesis: change });
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
