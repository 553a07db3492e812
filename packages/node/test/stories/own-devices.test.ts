/** One person, several devices (spec/09-devices.md). */
import { describe, expect, it } from "vitest";
import { linkDevice, linkingOf, spacesOf } from "./linked-device.ts";
import { createWorld } from "./world.ts";

describe("several devices of one person", { timeout: 60_000 }, () => {
  it("Alice links her phone, and has her workspace with its history there", async () => {
    const world = createWorld(11);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    await alice.say(team, "from the laptop");
    await world.until("Bob reads it", async () => (await bob.read(team)).length === 1);
    await bob.say(team, "from Bob");

    const phone = await linkDevice(world, alice, "Alice's phone");
    await world.until("the phone is in", async () => (await spacesOf(phone)).includes("Team"));
    await world.until("history", async () => (await phone.read(team)).length === 2);
    expect(await phone.read(team)).toEqual(["from the laptop", "from Bob"]);

    await phone.say(team, "from the phone");
    await world.until("Bob reads it as Alice's", async () =>
      (await bob.messages(team)).some(
        ({ text, author }) => text === "from the phone" && author.name === "Alice",
      ),
    );
    await world.agree(team, [alice, bob, phone]);
    expect(await bob.members(team)).toEqual(["Alice", "Bob"]);
  });

  it("what one keeps for oneself is on both devices, and with nobody else", async () => {
    const world = createWorld(12);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    await world.workspace(alice, bob);
    await alice.call("own.set", { key: "setting/theme", value: "dark" });
    const phone = await linkDevice(world, alice, "Alice's phone");
    await world.until(
      "the phone knows",
      async () => (await phone.call("own.get", { key: "setting/theme" })).value === "dark",
    );
    await phone.call("own.set", { key: "setting/theme", value: "light" });
    await world.until(
      "and so does the laptop",
      async () => (await alice.call("own.get", { key: "setting/theme" })).value === "light",
    );
    expect(alice.pushes).toContainEqual({
      push: "own",
      data: { key: "setting/theme", value: "light" },
    });
    await alice.call("own.set", { key: "setting/theme", value: null });
    await world.until(
      "taken away",
      async () => (await phone.call("own.get", { key: "setting/theme" })).value === null,
    );
    expect(bob.store.spaces().length).toBe(1);
  });

  it("a workspace joined on one device comes to the other, and goes with it", async () => {
    const world = createWorld(13);
    const alice = await world.person("Alice");
    const phone = await linkDevice(world, alice, "Alice's phone");
    const bob = await world.person("Bob");
    const { space } = await bob.call("space.create", { name: "Bob's" });
    await world.join(phone, await world.invite(bob, space));
    await world.until("on the laptop too", async () => (await spacesOf(alice)).includes("Bob's"));
    await alice.say(space, "hello from the laptop");
    await world.until("Bob reads it", async () =>
      (await bob.read(space)).includes("hello from the laptop"),
    );
    await phone.call("space.leave", { space: space.id });
    await world.until("gone there too", async () => (await spacesOf(alice)).length === 0);
    expect(await bob.members(space)).toEqual(["Bob"]);
  });

  it("a workspace founded on a linked device is believed to be its owner's by others", async () => {
    const world = createWorld(19);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const phone = await linkDevice(world, alice, "Alice's phone");
    const team = await world.workspace(phone, bob);
    await phone.say(team, "from the phone");
    await world.until("Bob reads it as Alice's", async () => (await bob.messages(team)).some(({ text, author }) => text === "from the phone" && author.name === "Alice"));
    await world.until("on the laptop too", async () => (await spacesOf(alice)).includes("Team"));
    expect(await bob.members(team)).toEqual(["Alice", "Bob"]);
  });

  it("what is marked unread on one is unread on the other, in channels and in threads, until it is read again", async () => {
    const world = createWorld(57);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    const phone = await linkDevice(world, alice, "Phone");
    await world.until("the phone is in", async () => (await spacesOf(phone)).includes("Team"));
    const [one, two] = [await bob.say(team, "one"), await bob.say(team, "two")];
    const { message: reply } = await bob.call("message.send", { channel: one.channel, thread: one.id, text: "in a thread" });
    const channelOf = async (who: typeof alice) => (await who.call("channel.list", { space: team.id })).channels[0]!;
    const counts = async (who: typeof alice): Promise<number[]> => {
      const { unread, threadsUnread } = await channelOf(who);
      return [unread, threadsUnread];
    };
    await world.until("both have it", async () => [await counts(alice), await counts(phone)].flat().join() === "2,1,2,1");
    await phone.call("watch", { channels: [one.channel] });
    await alice.call("read.mark", { channel: one.channel, message: two.id });
    await alice.call("read.mark", { channel: one.channel, thread: one.id, message: reply.id });
    await world.until("the phone knows", async () => (await counts(phone)).join() === "0,0");
    const told = (): unknown => phone.pushes.findLast((push) => push.push === "messages")?.data.messages.find(({ id }) => id === one.id)?.replies?.unread;
    await world.until("and says so beside the thread", () => told() === 0);
    await alice.call("read.unmark", { message: one.id });
    await alice.call("read.unmark", { message: reply.id });
    await world.until("the phone knows that too", async () => (await counts(phone)).join() === "2,1");
    await world.until("and says so beside the thread", () => told() === 1);
    expect((await channelOf(phone)).readUpTo).toBeNull();
    await phone.call("read.mark", { channel: one.channel, message: one.id });
    await world.until("what the phone read is read", async () => (await counts(alice)).join() === "1,1");
    await alice.call("read.mark", { channel: one.channel, message: two.id });
    await world.until("the phone heard", async () => (await counts(phone)).join() === "0,1");
    await alice.call("read.unmark", { message: two.id });
    await world.until("and that it is unread again", async () => (await counts(phone)).join() === "1,1");
    await phone.call("read.mark", { channel: one.channel, message: two.id });
    await world.until("the last word counts", async () => (await counts(alice)).join() === "0,1");
  });

  it("what was read on one is read on the other, also what comes there only later", async () => {
    const world = createWorld(16);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(bob, alice);
    const phone = await linkDevice(world, alice, "Alice's phone");
    const unread = async (who: typeof alice): Promise<number | undefined> => (await who.call("space.list", {})).spaces[0]?.unread;
    await world.until("the phone is in", async () => (await spacesOf(phone)).includes("Team"));
    await bob.sayAll(team, ["one", "two"]);
    await world.until("both have it", async () => (await unread(alice)) === 2 && (await unread(phone)) === 2);
    const [, two] = await alice.messages(team);
    await alice.call("read.mark", { channel: two!.channel, message: two!.id });
    await world.until("the phone knows", async () => (await unread(phone)) === 0);

    await phone.stop();
    await bob.say(team, "three");
    await world.until("Alice has it", async () => (await unread(alice)) === 1);
    const three = (await alice.messages(team))[2]!;
    await alice.call("read.mark", { channel: three.channel, message: three.id });
    await world.clock.advance(5_000);
    await phone.start();
    await world.until("the phone has it", async () => (await phone.messages(team)).length === 3);
    await world.until("and knows that it was read", async () => (await unread(phone)) === 0);
    const { channels } = await phone.call("channel.list", { space: team.id });
    expect(channels[0]?.readUpTo).toBe(three.id);
  });

  it("a code works once, for one device, and not for long", async () => {
    const world = createWorld(14);
    const alice = await world.person("Alice");
    const { linking } = await alice.call("device.link", {});
    const [one, two, three] = [
      await world.person("One", { account: false }),
      await world.person("Two", { account: false }),
      await world.person("Three", { account: false }),
    ];
    await expect(
      one.call("device.link-enter", { code: linking.code!.slice(0, -3) }),
    ).rejects.toMatchObject({ code: "code-garbled" });
    await one.call("device.link-enter", { code: linking.code! });
    await world.until("one is asked", async () => (await linkingOf(one)).step === "confirm");
    await two.call("device.link-enter", { code: linking.code! });
    await world.until("two is refused", async () => (await linkingOf(two)).error === "code-used");
    await one.call("device.link-confirm", { same: false });
    await world.until("Alice is told", async () => (await linkingOf(alice)).step === "failed");
    expect((await alice.call("device.list", {})).devices.length).toBe(1);

    const { linking: next } = await alice.call("device.link", {});
    await world.clock.advance(11 * 60_000);
    expect((await linkingOf(alice)).error).toBe("code-expired");
    await expect(three.call("device.link-enter", { code: next.code! })).rejects.toMatchObject({
      code: "code-expired",
    });
  });

  it("somebody with another secret is told nothing", async () => {
    const world = createWorld(15);
    const alice = await world.person("Alice");
    const other = await world.person("Other");
    await alice.call("device.link", {});
    const thief = await world.person("Thief", { account: false });
    const { linking } = await other.call("device.link", {});
    await thief.call("device.link-enter", { code: linking.code! });
    await world.until("asked", async () => (await linkingOf(thief)).step === "confirm");
    expect((await linkingOf(alice)).step).toBe("waiting");
    await world.until("other is asked", async () => (await linkingOf(other)).step === "confirm");
    expect((await linkingOf(other)).emoji).toEqual((await linkingOf(thief)).emoji);
  });
});
