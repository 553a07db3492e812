import type { Space } from "@multichat/client/contract";
import { describe, expect, it } from "vitest";
import { give, idOf, memberOf, roleOf, team } from "./people.ts";
import { rawMember } from "./raw-device.ts";
import type { Person } from "./world.ts";

async function channelOf(who: Person, space: Space, name = "general") {
  return (await who.call("channel.list", { space: space.id })).channels.find((channel) => channel.name === name)!;
}

const right = async (who: Person, space: Space, permission: string) =>
  (await channelOf(who, space)).permissions.find((one) => one.permission === permission);

describe("moderation", { timeout: 120_000 }, () => {
  it("a mute is told, honoured, explained, and over in time", async () => {
    const { world, people, space } = await team(601, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const until = world.clock.now() + 10 * 60_000;
    const { member } = await alice.call("member.mute", { space: space.id, account: await idOf(alice, space, "Bob"), on: true, until });
    expect(member.muted).toMatchObject({ by: { name: "Alice" }, until });
    await world.until("Bob is told", async () => (await memberOf(bob, space, "Bob")).muted !== null);
    expect(await right(bob, space, "send")).toEqual({ permission: "send", allowed: false, why: "You are muted here for now." });
    await expect(bob.say(space, "hm")).rejects.toMatchObject({ code: "not-allowed", message: "You are muted here for now." });
    bob.pushes.length = 0;
    await world.clock.advance(11 * 60_000);
    expect(bob.pushes.some(({ push }) => push === "restrictions")).toBe(true);
    expect(await right(bob, space, "send")).toMatchObject({ allowed: true });
    await bob.say(space, "again");
    await world.until("Alice reads it", async () => (await alice.read(space)).includes("again"));
    expect((await memberOf(alice, space, "Bob")).muted).toBeNull();
  });

  it("a muted member cites an old frontier: nobody who knows shows it, and whoever did not know agrees later", async () => {
    const { world, people, space } = await team(602, "Alice", "Bob", "Mallory");
    const [alice, bob, mallory] = people as [Person, Person, Person];
    await mallory.say(space, "before");
    await world.agree(space, people);
    world.network.cut(alice.device, bob.device);
    const raw = await rawMember(world, bob, mallory, space.id);
    await raw.enter();
    await alice.call("member.mute", { space: space.id, account: await idOf(alice, space, "Mallory"), on: true });
    // By hand, as though the mute had not been heard of.
    await raw.sendEvents(raw.message("under an old frontier"));
    expect(await bob.read(space)).toEqual(["before", "under an old frontier"]);
    world.network.heal();
    await world.until("Bob hears of the mute", async () => (await memberOf(bob, space, "Mallory")).muted !== null);
    await world.agree(space, [alice, bob]);
    expect(await alice.read(space)).toEqual(["before"]);
    expect(await bob.read(space)).toEqual(["before"]);
  });

  it("a raid of fifty accounts through one invite is cleaned up in one action", async () => {
    const { world, people, space } = await team(603, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await bob.say(space, "peaceful");
    const link = await world.invite(bob, space);
    const raiders: Person[] = [];
    for (let i = 0; i < 50; i++) {
      const raider = await world.person(`Raider ${i}`);
      await world.join(raider, link);
      await raider.say(space, `spam ${i}`);
      // Each is gone again as soon as its message has arrived.
      await world.until("it arrived", async () => (await alice.call("member.list", { space: space.id })).members.length === i + 3 && (await alice.read(space)).includes(`spam ${i}`));
      await raider.stop();
      raiders.push(raider);
    }
    await world.agree(space, [alice, bob]);
    const invite = (await alice.call("invite.list", { space: space.id })).invites.find(({ uses }) => uses === 50)!;
    const params = { space: space.id, invite: invite.id, since: 0 };
    const { cleanUp } = await alice.call("moderation.preview", params);
    expect({ ...cleanUp, accounts: cleanUp.accounts.length }).toEqual({ accounts: 50, messages: 50, channels: 1, spared: [] });
    await expect(bob.call("moderation.preview", params)).rejects.toMatchObject({ code: "not-allowed" });

    await alice.call("moderation.cleanup", params);
    await world.agree(space, [alice, bob]);
    expect(await bob.members(space)).toEqual(["Alice", "Bob"]);
    const shown = await bob.messages(space);
    expect(shown.filter(({ deleted }) => deleted === null).map(({ text }) => text)).toEqual(["peaceful"]);
    expect(new Set(shown.filter(({ deleted }) => deleted !== null).map(({ deleted, text }) => `${deleted?.by.name}:${text}`))).toEqual(new Set(["Alice:"]));
    expect((await alice.call("invite.list", { space: space.id })).invites.find(({ id }) => id === invite.id)?.state).toBe("revoked");
    expect((await alice.call("audit.list", { space: space.id, kind: "ban", limit: 200 })).entries).toHaveLength(50);

    // One of them comes back to its machine: it is told, and neither it nor a new device gets in again.
    const back = raiders[7]!;
    await back.start();
    await world.until("it is told", async () => (await back.call("space.list", {})).spaces[0]?.removed?.how === "banned");
    const seen = await world.person("Newcomer");
    const { join } = await seen.call("join.start", { link });
    await world.until("the link is worthless", async () => (await seen.call("join.list", {})).joins.find(({ id }) => id === join.id)?.code === "invite-revoked");
  });

  it("a message taken back by its author is gone for everybody, also for who joins later", async () => {
    const { world, people, space } = await team(604, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const secret = await bob.say(space, "my password is hunter2");
    await bob.say(space, "oops");
    await world.agree(space, people);
    const { message } = await bob.call("message.delete", { message: secret.id });
    expect(message).toMatchObject({ text: "", deleted: { by: { name: "Bob" } }, wanted: false });
    await world.until("it is gone at Alice's", async () => (await alice.messages(space))[0]?.deleted != null);
    for (const who of people) expect(who.store.event(secret.id as never)?.payload).toBeNull();
    const carol = await world.person("Carol");
    await world.join(carol, await world.invite(alice, space));
    await world.until("Carol has the rest", async () => (await carol.read(space)).includes("oops"));
    await world.agree(space, [alice, bob, carol]);
    expect((await carol.messages(space)).map(({ text, deleted }) => [text, deleted?.by.name])).toEqual([["", "Bob"], ["oops", undefined]]);
    expect(await carol.problems()).toEqual([]);
  });

  it("a moderator's delete hides at once, destroys after a week, and counts only above the author's rank", async () => {
    const { world, people, space } = await team(605, "Alice", "Mo", "Bob");
    const [alice, mo, bob] = people as [Person, Person, Person];
    await give(alice, space, "Mo", "Moderator");
    const rude = await bob.say(space, "rude");
    const boss = await alice.say(space, "from the owner");
    await world.agree(space, people);
    await expect(bob.call("message.delete", { message: boss.id })).rejects.toMatchObject({ code: "not-allowed" });
    await expect(mo.call("message.delete", { message: boss.id })).rejects.toMatchObject({ code: "not-allowed", message: "Their role is not below yours." });
    // Whoever asks is told before.
    const { members } = await mo.call("member.list", { space: space.id });
    expect(members.map(({ name, junior }) => [name, junior])).toEqual([["Alice", false], ["Bob", true], ["Mo", false]]);
    await mo.call("message.delete", { message: rude.id });
    await world.until("Bob sees that it is gone", async () => (await bob.messages(space)).some(({ deleted }) => deleted?.by.name === "Mo"));
    expect(bob.store.event(rude.id as never)?.payload).not.toBeNull();
    expect((await alice.call("audit.list", { space: space.id, kind: "delete" })).entries).toMatchObject([{ by: { name: "Mo" }, of: { name: "Bob" }, deed: { did: "delete-message" }, text: "deleted a message of Bob", void: null }]);
    await world.clock.advance(8 * 24 * 60 * 60_000);
    for (const who of people) expect(who.store.event(rude.id as never)?.payload).toBeNull();
  });

  it("a delete by somebody removed at the same time is undone", async () => {
    const { world, people, space } = await team(606, "Alice", "Mo", "Bob");
    const [alice, mo, bob] = people as [Person, Person, Person];
    await give(alice, space, "Mo", "Moderator");
    const fair = await bob.say(space, "fair criticism");
    await world.agree(space, people);
    for (const other of [alice, bob]) world.network.cut(other.device, mo.device);
    await world.clock.advance(1_000);
    await alice.call("member.kick", { space: space.id, account: await idOf(alice, space, "Mo") });
    await mo.call("message.delete", { message: fair.id });
    world.network.heal();
    await world.until("Mo hears", async () => (await mo.call("space.list", {})).spaces[0]?.removed != null);
    await world.agree(space, [alice, bob]);
    expect(await alice.read(space)).toEqual(["fair criticism"]);
    expect(await bob.read(space)).toEqual(["fair criticism"]);
  });

  it("a report reaches those who moderate and nobody else", async () => {
    const { world, people, space } = await team(607, "Alice", "Mo", "Bob", "Eve");
    const [alice, mo, bob, eve] = people as [Person, Person, Person, Person];
    await give(alice, space, "Mo", "Moderator");
    const nasty = await eve.say(space, "nasty");
    await world.agree(space, people);
    await bob.call("report.create", { message: nasty.id, reason: "insults me" });
    await world.until("Mo is told", () => mo.pushes.some((one) => one.push === "reports" && one.data.open === 1));
    expect((await mo.call("report.list", { space: space.id })).reports).toMatchObject([{ by: { name: "Bob" }, reason: "insults me", message: { text: "nasty" }, resolved: null }]);
    for (const other of [bob, eve]) {
      await expect(other.call("report.list", { space: space.id })).rejects.toMatchObject({ code: "not-allowed" });
      expect(other.pushes.some(({ push }) => push === "reports")).toBe(false);
    }
    // What others hold of it says neither what it is about nor why.
    const held = eve.store.records(space.id, "report").map(({ bytes, key }) => Buffer.concat([key, bytes]).toString("hex"));
    expect(held).toHaveLength(1);
    expect(held[0]).not.toContain(nasty.id);
    expect(held[0]).not.toContain(Buffer.from("insults me").toString("hex"));
    const [report] = (await mo.call("report.list", { space: space.id })).reports;
    await mo.call("report.resolve", { space: space.id, report: report!.id });
    await world.until("Alice sees it settled", async () => (await alice.call("report.list", { space: space.id })).reports[0]?.resolved?.by.name === "Mo");
  });

  it("who asks to join waits until somebody approves, and is told when denied", async () => {
    const { world, people, space } = await team(608, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await alice.call("space.admission", { space: space.id, approve: true });
    await world.agree(space, people);
    const [carol, eve] = [await world.person("Carol"), await world.person("Eve")];
    await carol.call("join.start", { link: await world.invite(bob, space) });
    // Bob's device knows this one too, and may let nobody in by it.
    await eve.call("join.start", { link: await world.invite(alice, space, { role: "Moderator" }) });
    await world.until("Alice is told of both", () => alice.pushes.some((one) => one.push === "join-requests" && one.data.waiting === 2));
    await world.clock.advance(30_000);
    for (const asking of [carol, eve]) expect((await asking.call("join.list", {})).joins[0]?.code).toBe("approval-needed");
    expect(await bob.members(space)).toEqual(["Alice", "Bob"]);
    await expect(bob.call("join.requests", { space: space.id })).rejects.toMatchObject({ code: "not-allowed" });

    const { requests } = await alice.call("join.requests", { space: space.id });
    expect(requests.map(({ person, role }) => `${person.name} as ${role}`).sort()).toEqual(["Carol as Guest", "Eve as Moderator"]);
    const [first, second] = [await carol.call("account.get", {}), await eve.call("account.get", {})].map(({ account }) => requests.find(({ person }) => person.id === account?.id)!);
    await alice.call("join.approve", { space: space.id, request: first!.id });
    await alice.call("join.deny", { space: space.id, request: second!.id });
    await world.until("Carol is in", async () => (await bob.members(space)).includes("Carol"));
    await world.until("Eve is told", async () => (await eve.call("join.list", {})).joins[0]?.step === "failed");
    expect((await eve.call("join.list", {})).joins[0]).toMatchObject({ code: "not-allowed", detail: "Somebody who decides there did not let you in. Ask Alice why." });
    expect((await alice.call("join.requests", { space: space.id })).requests).toEqual([]);
    await carol.say(space, "hello");
    await world.until("all read it", async () => (await bob.read(space)).includes("hello"));
    const { entries } = await alice.call("audit.list", { space: space.id, kind: "join" });
    expect(entries.map(({ by, text }) => `${by?.name} ${text}`)).toEqual(expect.arrayContaining(["Carol asked to join", "Bob asked to join", "Eve asked to join", "Alice let in Carol"]));
    expect(entries.every(({ by }) => by !== null)).toBe(true);
    // Whom nobody knows is called by the name they asked with.
    const [denial] = (await alice.call("audit.list", { space: space.id, kind: "remove" })).entries;
    expect([denial!.text, denial!.of]).toEqual(["did not let in Eve", second!.person]);
    expect((await alice.call("restriction.list", { space: space.id })).departed.map(({ person }) => person)).toEqual([second!.person]);
  });

  it("slow mode, a locked channel and an override stop the writer with a reason, and moderators go on", async () => {
    const { world, people, space } = await team(609, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const { id } = await channelOf(alice, space);
    await alice.call("channel.slow", { channel: id, seconds: 30 });
    await world.agree(space, people);
    await bob.say(space, "one");
    await expect(bob.say(space, "two")).rejects.toMatchObject({ code: "slow-mode", message: expect.stringMatching(/again in (29|30) seconds/) });
    expect((await channelOf(bob, space)).writableAt).toBeGreaterThan(world.clock.now());
    await alice.say(space, "I may");
    await alice.say(space, "as often as I like");
    await world.clock.advance(31_000);
    await bob.say(space, "two");

    await alice.call("channel.slow", { channel: id, seconds: 0 });
    await alice.call("channel.lock", { channel: id, on: true });
    await world.until("Bob is told", async () => (await channelOf(bob, space)).locked);
    await expect(bob.say(space, "three")).rejects.toMatchObject({ code: "not-allowed", message: "This channel is locked." });
    await alice.say(space, "locked, but not for me");
    await alice.call("channel.lock", { channel: id, on: false });
    await world.until("Bob is told", async () => !(await channelOf(bob, space)).locked);

    const { overrides } = await alice.call("channel.override", { channel: id, subject: { account: await idOf(alice, space, "Bob") }, allow: [], deny: ["send"] });
    expect(overrides).toMatchObject([{ name: "Bob", allow: [], deny: ["send"], by: { name: "Alice" } }]);
    await world.until("Bob is told", async () => (await right(bob, space, "send"))?.allowed === false);
    await expect(bob.say(space, "four")).rejects.toMatchObject({ message: "This channel does not allow it to you." });
    await carol.say(space, "I still may");
    expect(await alice.call("permissions.check", { space: space.id, channel: id, account: await idOf(alice, space, "Bob"), permission: "send" })).toMatchObject({ allowed: false, why: "This channel does not allow it to Bob." });
    expect(await alice.call("permissions.check", { space: space.id, role: await roleOf(alice, space, "Guest"), permission: "attach" })).toMatchObject({ allowed: false });
    await expect(alice.call("channel.override", { channel: id, subject: { everyone: true }, allow: ["kick"], deny: [] })).rejects.toMatchObject({ code: "bad-request" });
  });

  it("roles are made, given, moved and taken below one's own and nowhere else, and the audit log says by whom", async () => {
    const { world, people, space } = await team(610, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    await give(alice, space, "Bob", "Admin");
    const { role } = await alice.call("role.create", { space: space.id, name: "Helper", colour: "#3366ff", permissions: ["mute", "pin"], below: await roleOf(alice, space, "Moderator") });
    await world.agree(space, people);
    await give(bob, space, "Carol", "Helper");
    await expect(give(bob, space, "Carol", "Admin")).rejects.toMatchObject({ code: "not-allowed" });
    await expect(bob.call("role.create", { space: space.id, name: "God", permissions: ["administer"] })).rejects.toMatchObject({ message: expect.stringContaining('"administer"') });
    await expect(carol.call("role.set", { space: space.id, role: role.id, on: ["kick"] })).rejects.toMatchObject({ code: "not-allowed" });
    await world.agree(space, people);
    const { channels } = await alice.call("channel.list", { space: space.id });
    await alice.call("channel.override", { channel: channels[0]!.id, subject: { role: role.id }, allow: ["manage-messages"], deny: [] });

    const moved = await alice.call("role.move", { space: space.id, role: role.id, below: await roleOf(alice, space, "Admin") });
    expect(moved).toMatchObject({ members: 1, role: { name: "Helper", permissions: ["pin", "mute"] } });
    expect(moved.role.rank).toBeLessThan(role.rank);
    await world.agree(space, people);
    expect((await carol.call("role.list", { space: space.id })).roles.map(({ name }) => name)).toEqual(["Owner", "Admin", "Helper", "Moderator", "Member", "Guest"]);
    expect((await memberOf(carol, space, "Carol")).roles).toEqual(["Helper", "Member"]);
    expect(await right(carol, space, "manage-messages")).toMatchObject({ allowed: true });

    await bob.call("member.role", { space: space.id, account: await idOf(bob, space, "Carol"), role: moved.role.id, on: false });
    await world.until("Carol is told", async () => (await memberOf(carol, space, "Carol")).roles.join() === "Member");
    const byBob = await alice.call("audit.list", { space: space.id, by: await idOf(alice, space, "Bob"), of: await idOf(alice, space, "Carol") });
    expect(byBob.entries.map(({ text }) => text)).toEqual(["took the role Helper from Carol", "gave Carol the role Helper"]);
    expect(byBob.entries.map(({ deed }) => deed)).toEqual([{ did: "take-role", role: "Helper" }, { did: "give-role", role: "Helper" }]);
    const overrides = await alice.call("audit.list", { space: space.id, kind: "override" });
    expect(overrides.entries.at(-1)!.deed).toEqual({ did: "override", channel: "general", subject: "role", role: "Helper", allow: ["manage-messages"], deny: [] });
    const first = await alice.call("audit.list", { space: space.id, limit: 3 });
    const next = await alice.call("audit.list", { space: space.id, limit: 3, before: first.entries.at(-1)!.position });
    expect(first.hasOlder).toBe(true);
    expect(next.entries[0]!.at).toBeLessThanOrEqual(first.entries.at(-1)!.at);
    await expect(carol.call("audit.list", { space: space.id })).rejects.toMatchObject({ code: "not-allowed" });
  });

  it("what a removal made void is listed, and what should not have been is kept", async () => {
    const { world, people, space } = await team(611, "Alice", "Mo", "Bob");
    const [alice, mo, bob] = people as [Person, Person, Person];
    await give(alice, space, "Mo", "Admin");
    await world.agree(space, people);
    for (const other of [alice, bob]) world.network.cut(other.device, mo.device);
    await world.clock.advance(1_000);
    await alice.call("member.kick", { space: space.id, account: await idOf(alice, space, "Mo") });
    const { channel } = await mo.call("channel.create", { space: space.id, name: "useful" });
    world.network.heal();
    await world.until("it is listed", async () => (await alice.call("moderation.voided", { space: space.id })).entries.length > 0);
    const { entries } = await alice.call("moderation.voided", { space: space.id });
    expect(entries).toMatchObject([{ id: channel.id, text: "created #useful", causeText: "Alice removed Mo", adoptable: true, void: "its author was removed", voidReason: "author-removed" }]);
    expect(entries[0]).toMatchObject({ deed: { did: "create-channel", channel: "useful" }, causeDeed: { did: "remove" }, causeBy: { name: "Alice" }, causeOf: { name: "Mo" } });
    expect((await alice.call("channel.list", { space: space.id })).channels).toHaveLength(1);
    await expect(bob.call("moderation.adopt", { space: space.id, cause: entries[0]!.cause, events: [channel.id] })).rejects.toMatchObject({ code: "not-allowed" });
    expect((await alice.call("moderation.adopt", { space: space.id, cause: entries[0]!.cause, events: [channel.id] })).entries).toEqual([]);
    await world.until("Bob sees the channel", async () => (await bob.call("channel.list", { space: space.id })).channels.some(({ name }) => name === "useful"));
    await world.agree(space, [alice, bob]);
    expect(await bob.members(space)).toEqual(["Alice", "Bob"]);
  });
});
