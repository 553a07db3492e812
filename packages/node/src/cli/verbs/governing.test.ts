/** What the verbs about roles, members, rules and the audit log ask of the node and print. */
import type { AuditEntry, JoinRequest, Member, Override, Role } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { channelOf, fakeId, noon } from "../../api/testing/fake-values.ts";
import { type CliHarness, startCli } from "../testing/cli-harness.ts";

const role = (name: string, rank: number, permissions: string[] = []): Role => ({ id: fakeId(`role ${name}`), name, colour: "", rank, permissions, members: 1, manageable: true });
const owner = role("Owner", 1000, ["administer"]);
const helper = role("Helper", 2000, ["mute", "kick"]);
const member = (name: string, of: Partial<Member> = {}): Member =>
  ({ id: fakeId(`account ${name}`), name, chosenName: name, roles: ["Helper"], roleIds: [helper.id], muted: null, connected: true, devices: 1, joinedAt: noon, lastSeen: null, ...of }) as Member;
const bob = member("Bob");
const carol = member("Caz", { id: fakeId("account Carol"), chosenName: "Carol", connected: false });
const eve = { id: fakeId("account Eve"), name: "Evie" };
const fields = ({ id, name, roles, roleIds, muted, connected, joinedAt, lastSeen }: Member): object => ({ id, name, roles, roleIds, muted, connected, joinedAt, lastSeen });

interface Team {
  cli: CliHarness;
  space: string;
  general: string;
  /** The last command the node was asked to carry out, and how. */
  asked(): unknown;
}

async function startTeam(): Promise<Team & AsyncDisposable> {
  const cli = await startCli();
  const { engine } = cli;
  const space = engine.addSpace("Team");
  space.permissions = ["send", "pin", "mute", "kick"].map((permission) => ({ permission, allowed: true, why: null }));
  const general = channelOf(space.id, "general");
  engine.answer("channel.list", () => ({ ok: true, value: { channels: [general] } }));
  engine.answer("role.list", () => ({ ok: true, value: { roles: [owner, helper] } }));
  engine.answer("member.list", () => ({ ok: true, value: { members: [bob, carol] } }));
  engine.answer("person.list", () => ({ ok: true, value: { people: [bob, carol, { ...eve, chosenName: "Eve" }] as never } }));
  engine.answer("restriction.list", () => ({ ok: true, value: { muted: [], departed: [{ person: eve, how: "banned", by: null, at: noon, until: 0 }] } }));
  for (const command of ["member.kick", "member.ban", "member.unban"] as const) engine.answer(command, () => ({ ok: true, value: {} }));
  return { cli, space: space.id, general: general.id, asked: () => engine.executed.at(-1), [Symbol.asyncDispose]: () => cli[Symbol.asyncDispose]() };
}

test("roles are listed, made, changed and moved", async () => {
  await using team = await startTeam();
  const { cli, space, asked } = team;
  expect(await cli.json("role", "list", "Team")).toEqual({ roles: [owner, helper] });
  expect((await cli.run("role", "list", "Team")).out.split("\n").slice(0, 2)).toEqual([`Owner   1 member  ${owner.id.slice(0, 12)}  administer`, `Helper  1 member  ${helper.id.slice(0, 12)}  mute kick`]);

  cli.engine.answer("role.create", ({ name, permissions }) => ({ ok: true, value: { role: role(name, 3000, permissions) } }));
  expect(await cli.json("role", "create", "Team", "New", "--allow", "send, pin", "--colour", "#3366ff", "--below", "owner")).toEqual({ role: role("New", 3000, ["send", "pin"]) });
  expect(asked()).toEqual({ command: "role.create", params: { space, name: "New", permissions: ["send", "pin"], colour: "#3366ff", below: owner.id } });

  cli.engine.answer("role.set", () => ({ ok: true, value: { role: helper } }));
  expect(await cli.json("role", "set", "Team", "helper", "--allow", "pin", "--deny", "kick,mute", "--name", "Aide")).toEqual({ role: helper });
  expect(asked()).toMatchObject({ command: "role.set", params: { space, role: helper.id, on: ["pin"], off: ["kick", "mute"], name: "Aide" } });
  const moved = role("Helper", 1500);
  cli.engine.answer("role.move", () => ({ ok: true, value: { role: moved, members: 1 } }));
  expect(await cli.json("role", "set", "Team", "Helper", "--below", "Owner")).toEqual({ role: moved });
  expect(asked()).toMatchObject({ command: "role.move", params: { role: helper.id, below: owner.id } });
});

test("what is no role, no permission or no change is said before the node is asked", async () => {
  await using team = await startTeam();
  const { cli } = team;
  const cases: [string[], string, string][] = [
    [["role", "set", "Team", "Nix", "--allow", "pin"], "not-found", 'There is no role "Nix" here. There are Owner, Helper.'],
    [["role", "set", "Team", "Helper"], "bad-request", "Say what to change: --allow, --deny, --name, --colour or --below."],
    [["role", "create", "Team", "New", "--allow", "pin,fly"], "bad-request", 'There is no permission "fly". There are: send, pin, mute, kick.'],
    [["may", "Team", "Bob", "fly"], "bad-request", 'There is no permission "fly". There are: send, pin, mute, kick.'],
    [["channel", "override", "Team", "general", "--everyone", "--deny", "fly"], "bad-request", 'There is no permission "fly". There are: send, pin, mute, kick.'],
    [["channel", "override", "Team", "general", "--deny", "pin"], "bad-request", "Say for whom: --role R, --member M or --everyone."],
    [["channel", "override", "Team", "general", "--role", "Helper", "--member", "Bob"], "bad-request", "Name one of --role, --member and --everyone."],
    [["member", "role", "Team", "Zoe", "Helper"], "not-found", 'There is no member "Zoe" here. There are Bob, Caz.'],
    [["member", "mute", "Team", "Bob", "--for", "1h", "--until", "2099-01-01"], "bad-request", "Say either --until or --for."],
    [["member", "mute", "Team", "Bob", "--off", "--for", "1h"], "bad-request", "--off takes no time."],
    [["member", "ban", "Team", "Bob", "--until", "9999-12-31"], "bad-request", "option '--until <time>' argument '9999-12-31' is invalid. For without an end, leave it out."],
    [["member", "unban", "Team", "Bob"], "not-found", 'There is no banned person "Bob" here. There is Evie.'],
  ];
  for (const [args, code, message] of cases) expect([args, await cli.failure(...args)]).toEqual([args, { error: { code, message } }]);
  expect(cli.engine.executed.map(({ command }) => command)).not.toContain("role.set");
});

test("members are listed with what is to know of them", async () => {
  await using team = await startTeam();
  const { cli } = team;
  const until = new Date(2026, 0, 31, 18, 5).getTime();
  cli.engine.answer("member.list", () => ({ ok: true, value: { members: [bob, { ...carol, muted: { by: null, at: noon, until } }] } }));
  expect(await cli.json("member", "list", "Team")).toEqual({ members: [fields(bob), fields({ ...carol, muted: { by: null, at: noon, until } })] });
  expect((await cli.run("member", "list", "Team")).out).toBe(`Bob  Helper  connected                                ${bob.id.slice(0, 12)}\nCaz  Helper             muted until 2026-01-31 18:05  ${carol.id.slice(0, 12)}\n`);
});

test("MEMBER is found by petname, chosen name and id, and gets a role or loses it", async () => {
  await using team = await startTeam();
  const { cli, space, asked } = team;
  cli.engine.answer("member.role", () => ({ ok: true, value: { member: carol } }));
  for (const given of ["Caz", "carol", carol.id, carol.id.slice(0, 6)]) {
    expect(await cli.json("member", "role", "Team", given, "Helper")).toEqual({ member: fields(carol) });
    expect(asked()).toEqual({ command: "member.role", params: { space, account: carol.id, role: helper.id, on: true } });
  }
  await cli.json("member", "role", "Team", "Caz", "Helper", "--remove");
  expect(asked()).toMatchObject({ params: { on: false } });
});

test("kick, ban, unban", async () => {
  await using team = await startTeam();
  const { cli, space, asked } = team;
  expect(await cli.json("member", "kick", "Team", "Bob")).toEqual({ account: { id: bob.id, name: "Bob" } });
  expect(asked()).toEqual({ command: "member.kick", params: { space, account: bob.id } });
  expect(await cli.json("member", "ban", "Team", "Bob", "--for", "1d", "--override")).toEqual({ account: { id: bob.id, name: "Bob" }, until: noon + 86_400_000 });
  expect(asked()).toEqual({ command: "member.ban", params: { space, account: bob.id, until: noon + 86_400_000, override: true } });
  // Somebody who is gone is found by name, and somebody who never was here by the id.
  expect(await cli.json("member", "ban", "Team", "Eve")).toEqual({ account: eve, until: 0 });
  const stranger = "ab".repeat(32);
  expect(await cli.json("member", "ban", "Team", stranger)).toEqual({ account: { id: stranger, name: "Account abababababab" }, until: 0 });
  for (const given of ["Evie", "eve", eve.id.slice(0, 8)]) expect(await cli.json("member", "unban", "Team", given)).toEqual({ account: eve });
  expect(asked()).toEqual({ command: "member.unban", params: { space, account: eve.id } });
  cli.engine.answer("restriction.list", () => ({ ok: true, value: { muted: [], departed: [] } }));
  expect(await cli.failure("member", "unban", "Team", "Eve")).toEqual({ error: { code: "not-found", message: "Nobody is banned from Team." } });
});

test("why the node refuses is passed on", async () => {
  await using team = await startTeam();
  team.cli.engine.answer("member.kick", () => ({ ok: false, error: { code: "not-allowed", message: "Their role is not below yours." } }));
  expect(await team.cli.failure("member", "kick", "Team", "Bob")).toEqual({ error: { code: "not-allowed", message: "Their role is not below yours." } });
  expect(await team.cli.run("member", "kick", "Team", "Bob")).toEqual({ out: "", err: "multichat: Their role is not below yours.\n", exitCode: 1 });
});

test("a mute has an end or none, and is lifted only where there is one", async () => {
  await using team = await startTeam();
  const { cli, space, asked } = team;
  cli.engine.answer("member.mute", () => ({ ok: true, value: { member: bob } }));
  expect(await cli.json("member", "mute", "Team", "Bob", "--until", "2026-03-01T08:30")).toEqual({ member: fields(bob) });
  expect(asked()).toEqual({ command: "member.mute", params: { space, account: bob.id, on: true, until: new Date(2026, 2, 1, 8, 30).getTime() } });
  expect((await cli.run("member", "mute", "Team", "Bob", "--off")).out).toBe("Bob is not muted.\n");
  expect(cli.engine.executed.filter(({ command }) => command === "member.mute")).toHaveLength(1);
  cli.engine.answer("member.list", () => ({ ok: true, value: { members: [{ ...bob, muted: { by: null, at: noon, until: 0 } }] } }));
  expect((await cli.run("member", "mute", "Team", "Bob", "--off")).out).toBe("Bob may write again.\n");
  expect(asked()).toMatchObject({ params: { on: false, until: 0 } });
});

test("a channel's rules are listed, set and taken away", async () => {
  await using team = await startTeam();
  const { cli, general, asked } = team;
  const overrides: Override[] = [
    { subject: { role: helper.id }, name: "Helper", allow: [], deny: ["send"], by: null, at: noon },
    { subject: { account: bob.id }, name: "Bob", allow: ["send", "pin"], deny: [], by: null, at: noon },
    { subject: { everyone: true }, name: "everyone", allow: [], deny: ["pin"], by: null, at: noon },
  ];
  cli.engine.answer("override.list", () => ({ ok: true, value: { overrides } }));
  cli.engine.answer("channel.override", () => ({ ok: true, value: { overrides: [] } }));
  expect(await cli.json("channel", "override", "Team", "#general")).toEqual({ overrides });
  expect((await cli.run("channel", "override", "Team", "general")).out).toBe("role Helper              -send\nmember Bob   +send +pin\neveryone                 -pin\n");
  for (const [who, subject] of [[["--role", "helper"], { role: helper.id }], [["--member", "carol"], { account: carol.id }], [["--everyone"], { everyone: true }]] as const) {
    expect(await cli.json("channel", "override", "Team", "general", ...who, "--allow", "send", "--deny", "pin")).toEqual({ overrides: [] });
    expect(asked()).toEqual({ command: "channel.override", params: { channel: general, subject, allow: ["send"], deny: ["pin"] } });
  }
  expect((await cli.run("channel", "override", "Team", "general", "--everyone")).out).toBe("#general has no rules of its own.\n");
  expect(asked()).toMatchObject({ params: { allow: [], deny: [] } });
});

test("may says why not, with exit status 0", async () => {
  await using team = await startTeam();
  const { cli, space, general, asked } = team;
  cli.engine.answer("permissions.check", ({ channel }) => ({ ok: true, value: { allowed: channel === undefined, why: channel === undefined ? null : "Bob is muted for now.", permissions: [] } }));
  expect(await cli.json("may", "Team", "Bob", "send")).toEqual({ allowed: true, why: null });
  expect((await cli.run("may", "Team", "Bob", "send")).out).toBe("Bob may send.\n");
  expect(await cli.json("may", "Team", "Bob", "send", "--channel", "general")).toEqual({ allowed: false, why: "Bob is muted for now." });
  expect(asked()).toEqual({ command: "permissions.check", params: { space, account: bob.id, permission: "send", channel: general } });
  expect((await cli.run("may", "Team", "Bob", "send", "--channel", "general")).out).toBe("Bob may not send. Bob is muted for now.\n");
});

test("the audit log is asked for what is wanted, and says what had no effect", async () => {
  await using team = await startTeam();
  const { cli, space, asked } = team;
  const entry = { id: fakeId("e"), kind: "mute", by: bob, of: carol, at: new Date(2026, 0, 2, 3, 4).getTime(), text: "muted Caz", channel: null, role: null, void: null, position: "p" };
  const entries = [entry, { ...entry, by: null, void: "without the right to" }] as unknown as AuditEntry[];
  cli.engine.answer("audit.list", () => ({ ok: true, value: { entries, hasOlder: false } }));
  expect(await cli.json("audit", "Team", "--kind", "mute", "--by", "Bob", "--of", "carol", "--limit", "2", "--before", "p")).toMatchObject({ hasOlder: false, entries: [{ text: "muted Caz" }, {}] });
  expect(asked()).toEqual({ command: "audit.list", params: { space, kind: "mute", by: bob.id, of: carol.id, limit: 2, before: "p" } });
  expect((await cli.run("audit", "Team")).out).toBe("2026-01-02 03:04  Bob           muted Caz\n2026-01-02 03:04  the root key  muted Caz (without effect: without the right to)\n");
});

test("how one gets in, and what one may read then, are shown and set", async () => {
  await using team = await startTeam();
  const { cli, space, asked } = team;
  const found = cli.engine.spaces[0]!;
  cli.engine.answer("space.admission", ({ approve }) => ({ ok: true, value: { space: Object.assign(found, { approve }) } }));
  cli.engine.answer("space.history", ({ history }) => ({ ok: true, value: { space: Object.assign(found, { history }) } }));
  const policies = (admission: string, history: string): object => ({ space: { id: space, name: "Team", admission, history } });
  for (const policy of ["admission", "history"]) expect(await cli.json("space", policy, "Team")).toEqual(policies("open", "all"));
  expect(asked()).toMatchObject({ command: "space.list" });
  expect(await cli.json("space", "admission", "Team", "approve")).toEqual(policies("approve", "all"));
  expect(asked()).toEqual({ command: "space.admission", params: { space, approve: true } });
  expect(await cli.json("space", "history", "Team", "join")).toEqual(policies("approve", "join"));
  expect(asked()).toEqual({ command: "space.history", params: { space, history: "join" } });
  expect((await cli.run("space", "history", "Team")).out).toContain("nobody loses what they hold");
  expect((await cli.run("space", "admission", "Team", "open")).out).toBe("Whoever has a valid invite to Team is let in at once.\n");
  expect((await cli.run("space", "history", "Team", "all")).out).toBe("Whoever joins Team may read what came before.\n");
  expect(await cli.failure("space", "history", "Team", "none")).toMatchObject({ error: { code: "bad-request" } });
  expect(asked()).toMatchObject({ params: { history: "all" } });
});

test("how long messages of a workspace stay is shown and set", async () => {
  await using team = await startTeam();
  const { cli, space, asked } = team;
  const found = cli.engine.spaces[0]!;
  cli.engine.answer("space.retention", ({ seconds }) => ({ ok: true, value: { space: Object.assign(found, { retention: { id: fakeId("change"), of: "space", seconds, by: bob, at: noon, position: "p" } }) } }));
  expect(await cli.json("space", "retention", "Team")).toEqual({ space: { id: space, name: "Team", retention: 0 } });
  expect(await cli.json("space", "retention", "Team", "7d")).toEqual({ space: { id: space, name: "Team", retention: 604_800 } });
  expect(asked()).toEqual({ command: "space.retention", params: { space, seconds: 604_800 } });
  expect((await cli.run("space", "retention", "Team")).out).toBe("Messages in Team disappear after 7 days, set by Bob. Where a channel has a time of its own, the shorter counts.\n");
  expect((await cli.run("space", "retention", "Team", "never")).out).toBe("Messages in Team stay, unless a channel says otherwise.\n");
  expect(await cli.failure("space", "retention", "Team", "soon")).toMatchObject({ error: { code: "bad-request" } });
});

test("who asks to join is listed, let in or denied", async () => {
  await using team = await startTeam();
  const { cli, space, asked } = team;
  const request = (name: string, of: Partial<JoinRequest> = {}): JoinRequest =>
    ({ id: fakeId(`join ${name}`), person: { id: fakeId(`account ${name}`), name }, invite: fakeId("invite"), role: "Guest", invitedBy: bob, at: noon, connected: true, ...of });
  const [zoe, tom] = [request("Zoe"), request("Tom", { connected: false })];
  expect((await cli.run("member", "requests", "Team")).err).not.toBe("");
  cli.engine.answer("join.requests", () => ({ ok: true, value: { requests: [zoe, tom] } }));
  for (const command of ["join.approve", "join.deny"] as const) cli.engine.answer(command, () => ({ ok: true, value: { requests: [] } }));
  expect(await cli.json("member", "requests", "Team")).toEqual({ requests: [zoe, tom] });
  expect((await cli.run("member", "requests", "Team")).out.split("\n")[1]).toMatch(/^Tom {2}as Guest {2}with an invite by Bob {2}asked .* {2}not in reach {2}[0-9a-f]{12}$/);

  for (const given of ["zoe", zoe.person.id, zoe.person.id.slice(0, 6)]) expect(await cli.json("member", "approve", "Team", given)).toEqual({ account: zoe.person });
  expect(asked()).toEqual({ command: "join.approve", params: { space, request: zoe.id } });
  expect((await cli.run("member", "approve", "Team", "Tom")).out).toBe("Tom is let into Team as Guest. They are not in reach now, and learn of it when they are.\n");
  expect(await cli.json("member", "deny", "Team", "Tom")).toEqual({ account: tom.person });
  expect(asked()).toEqual({ command: "join.deny", params: { space, request: tom.id } });
  await cli.json("member", "deny", "Team", "Tom", "--override");
  expect(asked()).toMatchObject({ params: { override: true } });
  expect(await cli.failure("member", "deny", "Team", "Bob")).toEqual({ error: { code: "not-found", message: 'There is no join request "Bob" here. There are Zoe, Tom.' } });
  cli.engine.answer("join.requests", () => ({ ok: true, value: { requests: [request("Zoe"), request("Zoe", { person: { id: fakeId("another"), name: "Zoe" } })] } }));
  expect(await cli.failure("member", "deny", "Team", "Zoe")).toMatchObject({ error: { code: "ambiguous" } });
  cli.engine.answer("join.requests", () => ({ ok: true, value: { requests: [] } }));
  expect((await cli.run("member", "requests", "Team")).out).toBe("Nobody has to ask: whoever has a valid invite is let in at once.\n");
  cli.engine.spaces[0]!.approve = true;
  expect((await cli.run("member", "requests", "Team")).out).toBe("Nobody asks to join.\n");
});
