/** What people are told of (spec/14-notifications.md): once, on all their devices, and not too much. */
import type { InboxItem, Notification, Space } from "@multichat/client/contract";
import { threadOf } from "@multichat/core";
import { createNodeCrypto } from "@multichat/crypto";
import type { ChannelId } from "@multichat/protocol";
import { describe, expect, it, vi } from "vitest";
import { linkDevice } from "./linked-device.ts";
import { idOf, team } from "./people.ts";
import { accountOf } from "./private-places.ts";
import type { WakeAnswer } from "../../src/engine/notifications/wake-target.ts";
import { type Person, type World, createWorld, nobodyIsCalled } from "./world.ts";

const minute = 60_000;
const crypto = createNodeCrypto();

async function general(who: Person, space: Space): Promise<string> {
  return (await who.call("channel.list", { space: space.id })).channels.find(({ name }) => name === "general")!.id;
}

function shownTo(who: Person): Notification[] {
  return who.pushes.flatMap((one) => (one.push === "notification" ? [one.data] : []));
}

async function inbox(who: Person, unread = true): Promise<InboxItem[]> {
  return (await who.call("inbox.list", { unread, limit: 200 })).items;
}

const texts = (items: readonly InboxItem[]): (string | undefined)[] => items.map(({ message }) => message?.text.replace(/<@[0-9a-f]+>/, "@you"));

/** Badges and inbox say what the timelines do. @param calling messages that called this person when they were written */
async function expectHonest(who: Person, space: Space, calling: readonly string[] | null = null): Promise<void> {
  const channels = (await who.call("channel.list", { space: space.id })).channels;
  const really = new Map<string, boolean>();
  const take = (timeline: ChannelId): void => who.store.timeline(timeline, {}, 10_000).forEach(({ id, unread }) => really.set(id, unread));
  const count = (): number => [...really.values()].filter(Boolean).length;
  for (const { id } of channels) take(id as ChannelId);
  expect(channels.reduce((sum, one) => sum + one.unread, 0)).toBe(count());
  for (const { id } of channels) for (const root of who.store.annotated(id as ChannelId, "reply", 10_000)) take(threadOf(crypto, root));
  const { total, mentions } = await who.call("unread.get", {});
  expect(total).toBe(count());
  expect(mentions).toBe(calling?.filter((id) => really.get(id)).length ?? mentions);
  const items = await inbox(who);
  for (const { message } of items) expect(really.get(message!.id)).toBe(true);
  expect((await who.call("inbox.list", {})).unread).toBe(items.length);
}

describe("what people are told of", { timeout: 60_000 }, () => {
  it("a mention once: it is shown, survives a restart, and goes when it is read", async () => {
    const { world, people, space } = await team(1501, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await alice.say(space, "lunch?");
    const { id } = await alice.say(space, "@Bob are you there?");
    await world.agree(space, people);
    expect(shownTo(bob).map(({ kind, item }) => [kind, item.cause, item.message?.id])).toEqual([["one", "mention", id]]);
    expect(shownTo(alice)).toEqual([]);
    expect(await bob.call("unread.get", {})).toMatchObject({ total: 2, mentions: 1 });
    await bob.kill();
    await bob.start();
    await world.clock.advance(minute);
    expect(shownTo(bob)).toHaveLength(1);
    expect(texts(await inbox(bob))).toEqual(["@you are you there?"]);
    expect((await inbox(bob))[0]).toMatchObject({ place: "#general", space: { name: "Team" } });
    await bob.call("read.mark", { channel: await general(bob, space), message: id });
    expect(await inbox(bob)).toEqual([]);
    expect((await inbox(bob, false)).map(({ read }) => read)).toEqual([true]);
    await expectHonest(bob, space);
  });

  it("reading it on one device clears it on the other; each has shown it once, however they were apart", async () => {
    const { world, people, space } = await team(1502, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const phone = await linkDevice(world, bob, "phone");
    await world.until("the phone is in", async () => (await phone.call("space.list", {})).spaces.length === 1);
    await world.agree(space, [alice, bob, phone]);
    world.network.partition([[phone.device]]);
    const sent = [await alice.say(space, "@Bob one"), await alice.say(space, "@Bob two")];
    await world.until("Bob has both", async () => (await inbox(bob)).length === 2);
    expect(await inbox(phone)).toEqual([]);
    world.network.heal();
    await world.until("the phone has both", async () => (await inbox(phone)).length === 2);
    await phone.call("read.mark", { channel: await general(phone, space), message: sent[1]!.id });
    await world.until("it is clear everywhere", async () => (await inbox(bob)).length === 0);
    for (const who of [bob, phone]) {
      const told = shownTo(who).flatMap(({ item }) => item.message?.id ?? []);
      expect(new Set(told).size).toBe(told.length);
      expect(who.pushes.some(({ push }) => push === "notification-gone")).toBe(true);
      await expectHonest(who, space);
    }
    // What was read here is not told of on a device that gets it only then.
    world.network.partition([[phone.device]]);
    const last = await alice.say(space, "@Bob three");
    await world.until("Bob has it", async () => (await inbox(bob)).length === 1);
    const [item] = await inbox(bob);
    expect(await bob.call("inbox.clear", { items: [space.id] })).toEqual({ unread: 1, missing: [space.id] });
    expect(await bob.call("inbox.clear", { items: [space.id, item!.id] })).toEqual({ unread: 0, missing: [space.id] });
    await bob.call("read.mark", { channel: await general(bob, space), message: last.id });
    await world.clock.advance(20 * minute);
    world.network.heal();
    await world.until("the phone has it", async () => (await phone.read(space)).includes(last.text));
    await world.until("and knows that it is read", async () => (await inbox(phone)).length === 0);
    const before = shownTo(phone).length;
    await world.clock.advance(2 * minute);
    expect(shownTo(phone).slice(before)).toEqual([]);
  });

  it("what was read just before a device stops is read on the others while it is off", async () => {
    const { world, people, space } = await team(1518, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const phone = await linkDevice(world, bob, "phone");
    await world.until("the phone is in", async () => (await phone.call("space.list", {})).spaces.length === 1);
    const { id } = await alice.say(space, "@Bob are you there?");
    for (const who of [bob, phone]) await world.until("it is told", async () => (await inbox(who)).length === 1);
    await bob.call("read.mark", { channel: await general(bob, space), message: id });
    await bob.stop();
    await world.until("it is read on the phone", async () => (await inbox(phone)).length === 0);
    expect(await phone.call("unread.get", {})).toMatchObject({ total: 0 });
  });

  it("what is marked unread again is what there is to read: nothing deleted, and nothing by somebody blocked", async () => {
    const { world, people, space } = await team(1519, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const first = await alice.say(space, "first");
    const deleted = await alice.say(space, "never mind");
    await world.agree(space, people);
    await bob.call("contact.block", { account: accountOf(carol) });
    await carol.say(space, "from somebody blocked");
    await alice.call("message.delete", { message: deleted.id });
    const last = await alice.say(space, "last");
    await world.agree(space, people);
    expect(await bob.call("unread.get", {})).toMatchObject({ total: 2 });
    await bob.call("read.mark", { channel: await general(bob, space), message: last.id });
    expect(await bob.call("unread.get", {})).toMatchObject({ total: 0 });
    await bob.call("read.unmark", { message: first.id });
    expect(await bob.call("unread.get", {})).toMatchObject({ total: 2 });
  });

  it("a device that was off when its account joined a workspace has what was written there since; a newer one has nothing new", async () => {
    const { world, people } = await team(1517, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const phone = await linkDevice(world, bob, "phone");
    await world.until("the phone is in", async () => (await phone.call("space.list", {})).spaces.length === 1);
    world.network.partition([[phone.device]]);
    const { space: club } = await alice.call("space.create", { name: "Club" });
    await alice.say(club, "before Bob came");
    await world.join(bob, await world.invite(alice, club));
    await alice.say(club, "@Bob welcome");
    await world.until("Bob is told", async () => (await inbox(bob)).length === 1);
    await world.clock.advance(60 * minute);
    world.network.heal();
    await world.until("the phone is told", async () => (await inbox(phone)).length === 1);
    expect(await phone.call("unread.get", {})).toMatchObject({ total: 1, mentions: 1 });
    const tablet = await linkDevice(world, bob, "tablet");
    await world.until("the tablet has it", async () => (await tablet.call("space.list", {})).spaces.length === 2);
    await world.agree(club, [alice, bob, phone, tablet]);
    expect(await tablet.call("unread.get", {})).toMatchObject({ total: 0 });
  });

  it("what is deleted or disappears is no longer there, and nothing more is unread than there is", async () => {
    const { world, people, space } = await team(1503, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(alice, space);
    const deleted = await alice.say(space, "@Bob never mind");
    await alice.call("message.send", { channel, text: "@Bob for a minute", expiresIn: minute });
    await alice.say(space, "@Bob for good");
    await world.until("Bob has them", async () => (await inbox(bob)).length === 3);
    await alice.call("message.delete", { message: deleted.id });
    await world.until("one is gone", async () => (await inbox(bob)).length === 2);
    await world.clock.advance(2 * minute);
    expect(texts(await inbox(bob))).toEqual(["@you for good"]);
    await expectHonest(bob, space);
  });

  it("rules decide, on all devices, and why? says which", async () => {
    const { world, people, space } = await team(1504, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(bob, space);
    const until = world.clock.now() + 60 * minute;
    await bob.call("notify.rule", { scope: "channel", id: channel, rule: { until } });
    const muted = await alice.say(space, "@Bob muted");
    await world.agree(space, people);
    expect(await inbox(bob)).toEqual([]);
    await world.clock.advance(61 * minute);
    expect((await bob.call("notify.why", { message: muted.id })).decision).toEqual({ how: "nothing", cause: null, keyword: null, reason: { why: "muted", of: "channel", until } });
    await bob.call("notify.settings", { keywords: ["lunch"], quiet: { zone: "UTC", times: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "00:00" }] } });
    const quiet = await alice.say(space, "Lunch is ready");
    await world.until("it is in the inbox", async () => (await inbox(bob)).length === 1);
    expect(shownTo(bob)).toEqual([]);
    await bob.call("notify.rule", { scope: "person", id: await idOf(bob, space, "Alice"), rule: { anyway: true } });
    // It says what was decided then, whatever the rules are now.
    expect((await bob.call("notify.why", { message: quiet.id })).decision).toMatchObject({ how: "badge", cause: "keyword", keyword: "lunch", reason: { why: "quiet", of: "hours", until: null } });
    await alice.say(space, "more lunch");
    await world.until("it is shown", () => shownTo(bob).length === 1);
    const phone = await linkDevice(world, bob, "phone");
    await world.until("the phone has the rules", async () => (await phone.call("notify.rules", {})).rules.rules.length === 2);
    expect((await phone.call("notify.rules", {})).rules).toEqual((await bob.call("notify.rules", {})).rules);
  });

  it("quiet hours by this device's clock go with it to another time zone", async () => {
    const { world, people, space } = await team(1515, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const clockAt = (at: number): string => new Date(at).toISOString().slice(11, 16);
    const now = world.clock.now();
    const here = vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions");
    const moveTo = (timeZone: string): void => void here.mockReturnValue({ timeZone } as Intl.ResolvedDateTimeFormatOptions);
    try {
      moveTo("Asia/Tokyo");
      await bob.call("notify.settings", { quiet: { zone: null, times: [{ days: [1, 2, 3, 4, 5, 6, 7], from: clockAt(now - 30 * minute), to: clockAt(now + 30 * minute) }] } });
      await alice.say(space, "@Bob aloud");
      await world.until("it is shown", () => shownTo(bob).length === 1);
      moveTo("UTC");
      await alice.say(space, "@Bob quietly");
      await world.until("it is there", async () => (await inbox(bob)).length === 2);
      expect((await inbox(bob))[0]!.quiet).toMatchObject({ why: "quiet", of: "hours" });
    } finally {
      here.mockRestore();
    }
  });

  it("whose status says not to be disturbed finds it in the inbox", async () => {
    const { world, people, space } = await team(1514, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await bob.call("presence.set", { state: "dnd", until: world.clock.now() + 10 * minute });
    await alice.say(space, "@Bob quietly");
    await world.until("it is there", async () => (await inbox(bob)).length === 1);
    expect(shownTo(bob)).toEqual([]);
    expect((await inbox(bob))[0]!.quiet).toMatchObject({ why: "quiet", of: "status" });
    await world.clock.advance(11 * minute);
    await alice.say(space, "@Bob aloud");
    await world.until("it is shown", () => shownTo(bob).length === 1);
  });

  it("a reaction to my message, until it is taken back", async () => {
    const { world, people, space } = await team(1505, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const { id } = await bob.say(space, "done");
    await world.agree(space, people);
    await alice.call("reaction.set", { message: id, emoji: "🎉", on: true });
    await world.until("Bob is told", async () => (await inbox(bob)).length === 1);
    expect((await inbox(bob))[0]).toMatchObject({ cause: "reaction", emoji: "🎉", message: { id } });
    await alice.call("reaction.set", { message: id, emoji: "🎉", on: false });
    await world.until("it is gone", async () => (await inbox(bob, false)).length === 0);
  });

  it("replies in a thread that I follow, and no longer when I do not", async () => {
    const { world, people, space } = await team(1506, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const channel = await general(alice, space);
    const { id: thread } = await alice.say(space, "a question");
    await world.agree(space, people);
    await bob.call("message.send", { channel, thread, text: "an answer" });
    await world.agree(space, people);
    expect((await inbox(alice)).map(({ cause }) => cause)).toEqual(["thread"]);
    expect(await inbox(carol)).toEqual([]);
    await alice.call("notify.rule", { scope: "thread", id: thread, rule: { level: "mentions" } });
    await carol.call("notify.rule", { scope: "thread", id: thread, rule: { level: "all" } });
    await bob.call("message.send", { channel, thread, text: "and another" });
    await world.agree(space, people);
    expect(await inbox(alice)).toHaveLength(1);
    expect((await inbox(carol)).map(({ cause }) => cause)).toEqual(["thread"]);
    const last = (await inbox(carol))[0]!;
    await carol.call("read.mark", { channel, thread, message: last.message!.id });
    expect(await inbox(carol)).toEqual([]);
  });

  it("a flood of ten thousand is told of a few times", async () => {
    const { world, people, space } = await team(1507, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await bob.call("notify.settings", { workspaces: "all" });
    for (let round = 0; round < 50; round++) {
      await alice.sayAll(space, Array.from({ length: 200 }, (_, i) => `spam ${round}.${i}`));
      await world.clock.advance(2_000);
    }
    await world.agree(space, people);
    await world.clock.advance(10 * minute);
    const shown = shownTo(bob);
    expect(shown.length).toBeLessThanOrEqual(6);
    expect(shown[0]!.kind).toBe("one");
    expect(shown[1]).toMatchObject({ kind: "more", id: shown[0]!.id, places: [{ name: "#general", count: shown[1]!.count }] });
    // Nobody is told of fewer than there were; the inbox holds the newest.
    expect(shown.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(1_000);
    expect((await bob.call("unread.get", {})).total).toBe(10_000);
    expect(await bob.call("inbox.list", { limit: 1 })).toMatchObject({ unread: 1_000, hasOlder: true });
  });

  it("what was missed is told of as one", async () => {
    const { world, people, space } = await team(1508, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await bob.stop();
    for (let i = 0; i < 20; i++) await alice.say(space, i % 4 === 0 ? `@Bob ${i}` : `${i}`);
    await world.clock.advance(30 * minute);
    await bob.start();
    await world.agree(space, people);
    await world.clock.advance(2 * minute);
    expect(shownTo(bob).map(({ kind, count, places }) => [kind, count, places[0]!.name])).toEqual([["missed", 5, "#general"]]);
    await expectHonest(bob, space);
  });

  it("what waits for a decision, until it is decided", async () => {
    const { world, people, space } = await team(1509, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const { id } = await carol.say(space, "something rude");
    await world.agree(space, people);
    await bob.call("report.create", { message: id, reason: "rude" });
    await world.until("Alice is told of the report", async () => (await inbox(alice)).length === 1);
    expect((await inbox(alice))[0]).toMatchObject({ cause: "report", who: { name: "Bob" }, message: { id } });
    expect(await inbox(bob)).toEqual([]);
    const [report] = (await alice.call("report.list", { space: space.id })).reports;
    await alice.call("report.resolve", { space: space.id, report: report!.id });
    await world.until("it is settled", async () => (await inbox(alice, false)).length === 0);
    await alice.call("space.admission", { space: space.id, approve: true });
    const dan = await world.person("Dan");
    await dan.call("join.start", { link: await world.invite(alice, space) });
    await world.until("Alice is told of Dan", async () => (await inbox(alice)).length === 1);
    await alice.call("join.approve", { space: space.id, request: (await alice.call("join.requests", { space: space.id })).requests[0]!.id });
    await world.until("that is settled too", async () => (await inbox(alice, false)).length === 0);
    await world.until("Dan is told", async () => (await inbox(dan)).length === 1);
    expect((await inbox(dan))[0]).toMatchObject({ cause: "added", who: { name: "Alice" }, space: { id: space.id, name: "Team" }, channel: null });
    expect(shownTo(alice).map(({ item: { cause } }) => cause)).toEqual(["report", "request"]);
  });

  it("being let into a private channel, once, on devices that were there; not any more when it is left", async () => {
    const { world, people, space } = await team(1515, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const phone = await linkDevice(world, bob, "phone");
    await world.until("the phone is in", async () => (await phone.call("space.list", {})).spaces.length === 1);
    const { space: plans } = await alice.call("private.create", { space: space.id, name: "plans", members: [accountOf(bob)] });
    for (const who of [bob, phone]) {
      await world.until("it is told", async () => (await inbox(who)).length === 1);
      expect((await inbox(who))[0]).toMatchObject({ cause: "added", who: { name: "Alice" }, space: { id: plans.id, name: "plans" }, channel: { name: "plans" }, message: null });
      expect(shownTo(who).map(({ kind, item }) => [kind, item.cause])).toEqual([["one", "added"]]);
    }
    expect(await inbox(alice)).toEqual([]);
    const tablet = await linkDevice(world, bob, "tablet");
    await world.until("the tablet has both", async () => (await tablet.call("space.list", {})).spaces.length === 2);
    expect(await inbox(tablet)).toEqual([]);
    await phone.call("inbox.clear", {});
    await world.until("it is clear on both", async () => (await inbox(bob)).length === 0);
    await alice.call("message.send", { channel: await general(alice, space), text: "@Bob here" });
    const { channels } = await alice.call("channel.list", { space: plans.id });
    await alice.call("message.send", { channel: channels[0]!.id, text: "@Bob and there" });
    await world.until("Bob is called twice", async () => (await inbox(bob)).length === 2);
    await bob.call("space.leave", { space: plans.id });
    for (const who of [bob, phone]) {
      await world.until("what was there is gone", async () => (await inbox(who, false)).length === 1);
      expect(await who.call("unread.get", {})).toMatchObject({ total: 1, mentions: 1 });
      await expectHonest(who, space);
    }
  });

  it("where nobody is led any more nothing is unread: in an archived channel, and where one was taken out", async () => {
    const { world, people, space } = await team(1516, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const { channel: old } = await alice.call("channel.create", { space: space.id, name: "old" });
    const { space: plans, channel: planned } = await alice.call("private.create", { space: space.id, name: "plans", members: [accountOf(bob)] });
    for (const { id } of [old, planned]) {
      await world.until("Bob is there", async () => (await bob.call("space.list", {})).spaces.length === 2);
      await alice.call("message.send", { channel: id, text: "look here" });
    }
    await world.until("Bob has both", async () => (await bob.call("unread.get", {})).total === 2);
    await alice.call("channel.archive", { channel: old.id, on: true });
    await alice.call("member.kick", { space: plans.id, account: accountOf(bob), override: true });
    await world.until("neither counts", async () => (await bob.call("unread.get", {})).total === 0);
    const { spaces } = await bob.call("space.list", {});
    expect(spaces.map(({ unread }) => unread)).toEqual([0, 0]);
    for (const { id } of spaces) expect((await bob.call("channel.list", { space: id })).channels.every(({ unread }) => unread === 0)).toBe(true);
    await alice.call("channel.archive", { channel: old.id, on: false });
    await world.until("it is there again", async () => (await bob.call("unread.get", {})).total === 1);
  });

  it.each([[1510, false], [1511, true], [1512, false], [1513, true]])("whatever happens (%i, muted at times: %s), badges count what there is to read", async (seed, mutes) => {
    const { world, people, space } = await team(seed, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const phone = await linkDevice(world, bob, "phone");
    await world.until("the phone is in", async () => (await phone.call("space.list", {})).spaces.length === 1);
    const channel = await general(alice, space);
    const { random } = world;
    const { id: thread } = await alice.say(space, "a question");
    const story = { alice, mine: [bob, phone], channel, space, thread, sent: [], calling: [] };
    for (let step = 0; step < 80; step++) {
      await act(world, story, random.below(mutes ? 14 : 13));
      await world.clock.advance(random.below(4_000));
    }
    world.network.heal();
    await world.agree(space, [alice, bob, phone]);
    await world.clock.advance(30_000);
    for (const who of [bob, phone]) {
      await expectHonest(who, space, story.calling);
      const told = shownTo(who).flatMap(({ kind, item }) => (kind === "one" ? [item.id] : []));
      expect(new Set(told).size).toBe(told.length);
    }
    // Each device decides by itself, when something comes, whether that is muted.
    if (mutes) return;
    expect((await inbox(phone)).map(({ id }) => id).toSorted()).toEqual((await inbox(bob)).map(({ id }) => id).toSorted());
  });
});

describe("while nobody looks", { timeout: 60_000 }, () => {
  const browser = { endpoint: "https://push.example/send/bob", p256dh: "B".repeat(87), auth: "a".repeat(22) };

  it("a browser is told that there is something, and of nobody who looks; when it is gone that is said", async () => {
    const world = createWorld(1520);
    const said: string[] = [];
    const answers: WakeAnswer[] = [];
    const called = (text: string): Promise<WakeAnswer> => {
      said.push(text);
      return Promise.resolve(answers.shift() ?? { ok: true });
    };
    const alice = await world.person("Alice");
    const bob = await world.person("Bob", { callWake: { ...nobodyIsCalled, address: called, browser: (to, _key, text) => called(`${to.endpoint} ${text}`) } });
    const space = await world.workspace(alice, bob);
    await world.agree(space, [alice, bob]);
    const { key } = await bob.call("wake.key", {});
    expect(Buffer.from(key, "base64url")).toHaveLength(65);
    await bob.call("wake.subscribe", browser);
    await alice.say(space, "@Bob while you look");
    await world.agree(space, [alice, bob]);
    expect(said).toEqual([]);

    bob.lookAway();
    await alice.say(space, "just so");
    await alice.say(space, "@Bob are you there?");
    await alice.say(space, "@Bob hello?");
    await world.clock.advance(30_000);
    expect(said).toEqual([`${browser.endpoint} {"unread":3}`]);

    answers.push({ ok: false, why: "It answered 410.", gone: true, retryAfterMs: null });
    await world.clock.advance(minute);
    await alice.say(space, "@Bob never mind");
    await world.clock.advance(10 * minute);
    expect(said).toHaveLength(2);
    expect((await bob.call("wake.get", {})).wake.browsers).toMatchObject([{ service: "push.example", ended: true, problem: "It answered 410." }]);
  });
});

interface Story {
  alice: Person;
  mine: Person[];
  channel: string;
  space: Space;
  thread: string;
  /** All but what disappears, and those that called Bob when they were written. */
  sent: string[];
  calling: string[];
}

async function act({ random, network, clock }: World, { alice, mine, channel, space, thread, sent, calling }: Story, dice: number): Promise<void> {
  const who = random.pick(mine);
  const text = random.chance(0.5) ? "@Bob hello" : "hello";
  const note = ({ id }: { id: string }): void => void (text === "hello" ? sent : (calling.push(id), sent)).push(id);
  if (dice < 4) note(await alice.say(space, text));
  else if (dice === 4) calling.push((await alice.call("message.send", { channel, text: "@Bob soon gone", expiresIn: 20_000 })).message.id);
  else if (dice === 5 && sent.length > 0) await alice.call("message.delete", { message: random.pick(sent) }).catch(ignoreGone);
  else if (dice === 6) {
    const last = (await who.messages(space)).at(-1);
    if (last !== undefined) await who.call("read.mark", { channel, message: last.id });
  } else if (dice === 7) network.partition([[who.device]]);
  else if (dice === 8) network.heal();
  else if (dice === 9) {
    await who.kill();
    await who.start();
  } else if (dice === 10) note((await alice.call("message.send", { channel, thread, text })).message);
  else if (dice === 11) {
    const last = (await who.call("message.list", { channel, thread }).catch(ignoreGone))?.messages.at(-1);
    if (last !== undefined) await who.call("read.mark", { channel, thread, message: last.id });
  } else if (dice === 12 && sent.length > 0) await alice.call("message.edit", { message: random.pick(sent), text: `${text}, changed` }).catch(ignoreGone);
  else if (dice === 13) await who.call("notify.rule", { scope: "channel", id: channel, rule: random.chance(0.3) ? { until: clock.now() + 5_000 } : {} });
}

/** With what has disappeared nothing can be done. */
function ignoreGone(error: unknown): undefined {
  if (!(error instanceof Error && /no such message|message is gone/.test(error.message))) throw error;
}
