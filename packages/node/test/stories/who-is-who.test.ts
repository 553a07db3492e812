/** Profiles, petnames, safety numbers, look-alikes, blocks and vouches, told by people with a node each (spec/10-trust.md). */
import type { Member, Space } from "@multichat/client/contract";
import { describe, expect, it } from "vitest";
import { linkDevice } from "./linked-device.ts";
import { type Person, type World, createWorld } from "./world.ts";

const accountOf = async (who: Person): Promise<string> => (await who.call("account.get", {})).account!.id;

/** How somebody sees somebody else in a space. */
async function seen(by: Person, whom: Person, space: Space): Promise<Member> {
  const id = await accountOf(whom);
  const { members } = await by.call("member.list", { space: space.id });
  const found = members.find((member) => member.id === id);
  if (found === undefined) throw new Error(`${by.name} sees no ${whom.name}`);
  return found;
}

async function team(world: World, ...names: string[]): Promise<{ people: Person[]; space: Space }> {
  const people: Person[] = [];
  for (const name of names) people.push(await world.person(name));
  const [owner, ...others] = people;
  const space = await world.workspace(owner!, ...others);
  await world.agree(space, people);
  return { people, space };
}

/** The beginning of a PNG: all that tells what it is. */
const png = (width: number, height: number, length = 64): string => {
  const bytes = Buffer.alloc(length);
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(bytes);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes.toString("base64");
};

describe("knowing who is who", { timeout: 60_000 }, () => {
  it("Alice tells about herself, and Bob sees it, her picture too", async () => {
    const world = createWorld(901);
    const { people: [alice, bob], space } = await team(world, "Alice", "Bob");
    await alice!.call("account.set", { about: "Notes on the engine", pronouns: "she/her", avatar: png(64, 64, 30_000) });
    await world.until("Bob sees it", async () => (await seen(bob!, alice!, space)).avatar !== null);
    expect(await seen(bob!, alice!, space)).toMatchObject({ name: "Alice", about: "Notes on the engine", pronouns: "she/her" });
    const { avatar } = await bob!.call("person.avatar", { account: await accountOf(alice!) });
    expect(avatar).toEqual({ type: "image/png", width: 64, height: 64, data: png(64, 64, 30_000) });

    const first = (await seen(bob!, alice!, space)).avatar;
    await alice!.call("account.set", { name: "Alice Lima", about: null, avatar: png(32, 32) });
    await world.until("Bob sees the new one", async () => ![first, null].includes((await seen(bob!, alice!, space)).avatar));
    expect(await seen(bob!, alice!, space)).toMatchObject({ name: "Alice Lima", about: null, pronouns: "she/her" });
    expect((await alice!.call("status.get", {})).status.account!.name).toBe("Alice Lima");
  });

  it("a profile outlives a restart, and its owner's next device does not write over it", async () => {
    const world = createWorld(902);
    const { people: [alice, bob], space } = await team(world, "Alice", "Bob");
    await alice!.call("account.set", { name: "Ali", about: "still me" });
    await alice!.stop();
    await alice!.start();
    await world.until("Bob sees it", async () => (await seen(bob!, alice!, space)).about === "still me");
    expect((await seen(alice!, alice!, space)).name).toBe("Ali");
  });

  it("what is no picture is refused, and changes nothing", async () => {
    const world = createWorld(903);
    const { people: [alice], space } = await team(world, "Alice", "Bob");
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString("base64");
    await expect(alice!.call("account.set", { name: "Mallory", avatar: svg })).rejects.toMatchObject({ code: "bad-request", message: expect.stringContaining("PNG, JPEG or WebP") });
    await expect(alice!.call("account.set", { avatar: png(1025, 10) })).rejects.toMatchObject({ message: expect.stringContaining("1025 × 10 pixels") });
    await expect(alice!.call("account.set", { avatar: png(10, 10, 32_769) })).rejects.toMatchObject({ code: "too-large" });
    expect(await seen(alice!, alice!, space)).toMatchObject({ name: "Alice", avatar: null });
  });

  it("a petname is shown everywhere to the one who gave it, and to nobody else", async () => {
    const world = createWorld(904);
    const { people: [alice, bob, carol], space } = await team(world, "Alice", "Bob", "Carol");
    await alice!.call("contact.name", { account: await accountOf(bob!), petname: "Bobby from work" });
    await bob!.say(space, "hello");
    await world.until("it arrives", async () => (await alice!.messages(space)).length === 1 && (await carol!.messages(space)).length === 1);
    expect((await alice!.messages(space))[0]!.author.name).toBe("Bobby from work");
    expect(await seen(alice!, bob!, space)).toMatchObject({ name: "Bobby from work", petname: "Bobby from work", chosenName: "Bob", contact: true });
    expect((await carol!.messages(space))[0]!.author.name).toBe("Bob");
    expect((await alice!.call("contact.list", {})).contacts.map(({ name }) => name)).toEqual(["Bobby from work"]);

    await alice!.call("contact.name", { account: await accountOf(bob!), petname: "" });
    expect(await seen(alice!, bob!, space)).toMatchObject({ name: "Bob", petname: null, contact: false });
  });

  it("Alice and Bob compare their numbers, or scan one another", async () => {
    const world = createWorld(905);
    const { people: [alice, bob, carol], space } = await team(world, "Alice", "Bob", "Carol");
    const [a, b, c] = [await accountOf(alice!), await accountOf(bob!), await accountOf(carol!)];
    const hers = await alice!.call("contact.safety-number", { account: b });
    const his = await bob!.call("contact.safety-number", { account: a });
    expect(hers.digits).toMatch(/^(\d{5} ){11}\d{5}$/);
    expect(his.digits).toBe(hers.digits);
    const others = await carol!.call("contact.safety-number", { account: a });

    await expect(alice!.call("contact.verify", { account: b, method: "digits", code: others.digits })).rejects.toMatchObject({ code: "verification-mismatch" });
    await expect(alice!.call("contact.verify", { account: b, method: "qr", code: others.code })).rejects.toMatchObject({ code: "verification-other" });
    await expect(alice!.call("contact.verify", { account: b, method: "qr", code: "multichat://join/#AAAA" })).rejects.toMatchObject({ code: "bad-request" });
    expect((await seen(alice!, bob!, space)).verified).toBeNull();

    const { person } = await alice!.call("contact.verify", { account: b, method: "qr", code: his.code });
    expect(person).toMatchObject({ contact: true, verified: { method: "qr", keysChanged: false } });
    await bob!.call("contact.verify", { account: a, method: "digits", code: hers.digits });
    expect((await seen(bob!, alice!, space)).verified).toMatchObject({ method: "digits", keysChanged: false });
    // It is about her, and not about whoever shows her code.
    await expect(bob!.call("contact.verify", { account: c, method: "qr", code: hers.code })).rejects.toMatchObject({ code: "verification-other" });
  });

  it("who comes later under a name that looks like another's is marked", async () => {
    const world = createWorld(906);
    const { people: [alice, bob, mallory], space } = await team(world, "Alice", "Bob", "Mallory");
    await mallory!.call("account.set", { name: "Воb" });
    await world.until("Alice sees it", async () => (await seen(alice!, mallory!, space)).name === "Воb");
    expect((await seen(alice!, mallory!, space)).looksLike).toBe(await accountOf(bob!));
    expect((await seen(alice!, bob!, space)).looksLike).toBeNull();
    await mallory!.call("account.set", { name: "AIice" });
    await world.until("Alice sees it", async () => (await seen(alice!, mallory!, space)).name === "AIice");
    expect((await seen(alice!, mallory!, space)).looksLike).toBe(await accountOf(alice!));
    // Whom one knows by a name of one's own is in no disguise.
    await alice!.call("contact.name", { account: await accountOf(mallory!), petname: "The other Alice" });
    expect((await seen(alice!, mallory!, space)).looksLike).toBeNull();
  });

  it("a name that looks like another's stays marked when one of the two is gone, since both are still read beside what they wrote", async () => {
    const world = createWorld(915);
    const { people: [alice, bob, mallory], space } = await team(world, "Alice", "Bob", "Mallory");
    const [b, m] = [await accountOf(bob!), await accountOf(mallory!)];
    await mallory!.call("account.set", { name: "Воb" });
    await world.until("Alice sees it", async () => (await seen(alice!, mallory!, space)).looksLike === b);
    await bob!.call("space.leave", { space: space.id });
    await world.until("Bob is gone", async () => (await alice!.members(space)).length === 2);
    expect((await seen(alice!, mallory!, space)).looksLike).toBe(b);
    await mallory!.say(space, "It is me, Bob");
    await world.until("Alice reads it", async () => (await alice!.read(space)).length === 1);
    await alice!.call("member.kick", { space: space.id, account: m });
    expect((await alice!.messages(space)).map(({ author }) => author)).toEqual([{ id: m, name: "Воb" }]);
    expect((await alice!.call("person.get", { account: m })).person).toMatchObject({ name: "Воb", looksLike: b });
    expect((await alice!.call("person.get", { account: b })).person.looksLike).toBeNull();
    expect((await alice!.call("person.list", {})).people.map(({ name }) => name)).toEqual(["Alice"]);
  });

  it("a name that nobody could see, or that turns the line around, is not shown as it is", async () => {
    const world = createWorld(907);
    const { people: [alice, mallory], space } = await team(world, "Alice", "Mallory");
    await mallory!.call("account.set", { name: "\u200b\u3164" });
    await world.until("it is gone", async () => (await seen(alice!, mallory!, space)).chosenName === null);
    expect((await seen(alice!, mallory!, space)).name).toMatch(/^Member [0-9a-f]{6}$/);
    await mallory!.call("account.set", { name: "Mal\u202elory" });
    await world.until("it is back", async () => (await seen(alice!, mallory!, space)).chosenName !== null);
    expect((await seen(alice!, mallory!, space)).name).toBe("Mal lory");
  });

  it("whoever is blocked is marked, raises no count, and everything of theirs is still there", async () => {
    const world = createWorld(908);
    const { people: [alice, mallory, carol], space } = await team(world, "Alice", "Mallory", "Carol");
    await mallory!.say(space, "before");
    await world.until("it arrives", async () => (await alice!.messages(space)).length === 1);
    await alice!.call("contact.block", { account: await accountOf(mallory!) });
    const unread = async (): Promise<number> => (await alice!.call("channel.list", { space: space.id })).channels[0]!.unread;
    expect(await unread()).toBe(0);
    await mallory!.say(space, "after");
    // Else either may stand first.
    await world.until("Carol has it", async () => (await carol!.messages(space)).length === 2);
    await carol!.say(space, "hello");
    await world.until("all is there", async () => (await alice!.messages(space)).length === 3);
    expect((await alice!.messages(space)).map(({ text, blocked }) => [text, blocked])).toEqual([["before", true], ["after", true], ["hello", false]]);
    expect(await unread()).toBe(1);
    expect((await seen(alice!, mallory!, space)).blocked).toBe(true);
    expect((await seen(mallory!, alice!, space)).blocked).toBe(false);
    await world.agree(space, [alice!, mallory!, carol!]);

    await alice!.call("contact.unblock", { account: await accountOf(mallory!) });
    expect((await alice!.messages(space)).map(({ blocked }) => blocked)).toEqual([false, false, false]);
  });

  it("Bob vouches for Ana, as long as he stands by it, he belongs, and she goes by that name", async () => {
    const world = createWorld(909);
    const { people: [alice, bob, ana], space } = await team(world, "Alice", "Bob", "Ana");
    const account = await accountOf(ana!);
    const vouchers = async (): Promise<string[]> => (await seen(alice!, ana!, space)).vouchedBy.map(({ name }) => name);
    await bob!.call("contact.vouch", { account, space: space.id });
    await world.until("Alice knows", async () => (await vouchers()).join() === "Bob");
    expect((await alice!.call("person.get", { account })).person.vouches).toMatchObject([{ by: { name: "Bob" }, claim: "Ana", until: 0, space: space.id }]);

    await ana!.call("account.set", { name: "Bank support" });
    await world.until("Alice knows the new name", async () => (await seen(alice!, ana!, space)).name === "Bank support");
    expect(await vouchers()).toEqual([]);
    expect((await alice!.call("person.get", { account })).person.vouches).toMatchObject([{ claim: "Ana" }]);
    await ana!.call("account.set", { name: "Ana" });
    await world.until("she goes by it again", async () => (await vouchers()).length === 1);

    await bob!.call("contact.unvouch", { account, space: space.id });
    await world.until("Alice knows that it is taken back", async () => (await vouchers()).length === 0);

    await bob!.call("contact.vouch", { account, space: space.id, claim: "Ana", until: world.clock.now() + 600_000 });
    await world.until("it is there again", async () => (await vouchers()).length === 1);
    await world.clock.advance(600_000);
    expect(await vouchers()).toEqual([]);

    await bob!.call("contact.vouch", { account, space: space.id });
    await world.until("and again", async () => (await vouchers()).length === 1);
    await bob!.call("space.leave", { space: space.id });
    await world.until("he left", async () => !(await alice!.members(space)).includes("Bob"));
    expect(await vouchers()).toEqual([]);
  });

  it("nobody vouches for themselves, nor for somebody who is not there", async () => {
    const world = createWorld(910);
    const { people: [alice, bob], space } = await team(world, "Alice", "Bob");
    await expect(alice!.call("contact.vouch", { account: await accountOf(alice!), space: space.id })).rejects.toMatchObject({ code: "bad-request" });
    await expect(alice!.call("contact.vouch", { account: "ab".repeat(32), space: space.id })).rejects.toMatchObject({ code: "not-found" });
    const { space: other } = await alice!.call("space.create", { name: "Elsewhere" });
    await expect(alice!.call("contact.vouch", { account: await accountOf(bob!), space: other.id })).rejects.toMatchObject({ code: "not-found" });
  });

  it("whoever has new keys since they were verified is to be compared again", async () => {
    const world = createWorld(911);
    const { people: [alice, bob], space } = await team(world, "Alice", "Bob");
    const a = await accountOf(alice!);
    const before = await bob!.call("contact.safety-number", { account: a });
    await bob!.call("contact.verify", { account: a, method: "digits", code: before.digits });
    const stale = (await alice!.call("contact.safety-number", { account: await accountOf(bob!) })).code;
    await linkDevice(world, alice!, "Alice's phone");
    await world.agree(space, [alice!, bob!]);
    expect((await seen(bob!, alice!, space)).verified!.keysChanged).toBe(false);

    const pushed = bob!.pushes.length;
    await alice!.call("account.rotate", {});
    await world.until("Bob is warned", () =>
      bob!.pushes.slice(pushed).some((one) => one.push === "members" && one.data.members.some(({ id, verified }) => id === a && verified?.keysChanged === true)),
    );
    // The account is the same, and so is the number; the code on her old screen is not.
    await expect(bob!.call("contact.verify", { account: a, method: "qr", code: stale })).rejects.toMatchObject({ code: "verification-mismatch" });
    const { code } = await alice!.call("contact.safety-number", { account: await accountOf(bob!) });
    await bob!.call("contact.verify", { account: a, method: "qr", code });
    expect((await seen(bob!, alice!, space)).verified).toMatchObject({ method: "qr", keysChanged: false });
  });

  it("what Alice thinks of others, and what she says of herself, is the same on her other device", async () => {
    const world = createWorld(912);
    const { people: [alice, bob, carol], space } = await team(world, "Alice", "Bob", "Carol");
    await alice!.call("account.set", { name: "Ali", about: "still me" });
    await alice!.call("contact.name", { account: await accountOf(bob!), petname: "Bobby" });
    const phone = await linkDevice(world, alice!, "Alice's phone");
    await world.until("the phone has it all", async () => (await phone.call("contact.list", {})).contacts.map(({ name }) => name).join() === "Bobby");
    await world.agree(space, [alice!, bob!, carol!, phone]);
    expect(await seen(phone, alice!, space)).toMatchObject({ you: true, name: "Ali", about: "still me" });
    expect(await seen(bob!, alice!, space)).toMatchObject({ name: "Ali", about: "still me" });

    await phone.call("contact.block", { account: await accountOf(carol!) });
    await world.until("her laptop knows", async () => (await seen(alice!, carol!, space)).blocked);
    await phone.call("account.set", { name: "Alice again" });
    await world.until("her laptop goes by it", async () => (await alice!.call("status.get", {})).status.account!.name === "Alice again");
    expect(await seen(alice!, alice!, space)).toMatchObject({ name: "Alice again", about: "still me" });
  });

  it("what a channel or a role is called stands in one line, and turns nothing around", async () => {
    const world = createWorld(1390);
    const { people, space } = await team(world, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const trick = "a\u202eb\u2066c\nd";
    const { channel } = await alice.call("channel.create", { space: space.id, name: trick, type: "text" });
    await alice.call("channel.topic", { channel: channel.id, topic: trick });
    await alice.call("role.create", { space: space.id, name: trick, permissions: ["send"] });
    await world.agree(space, people);
    const shown = (await bob.call("channel.list", { space: space.id })).channels.find(({ id }) => id === channel.id)!;
    expect([shown.name, shown.topic]).toEqual(["a b c d", "a b c d"]);
    expect((await bob.call("role.list", { space: space.id })).roles.map(({ name }) => name)).toContain("a b c d");
    await bob.call("message.send", { channel: channel.id, text: `see <#${channel.id}>` });
    const { messages } = await bob.call("message.list", { channel: channel.id, limit: 1 });
    expect(messages[0]!.mentions[0]!.name).toBe("a b c d");
    expect((await bob.call("search", { query: "see" })).hits[0]!.channelName).toBe("a b c d");
  });
});
