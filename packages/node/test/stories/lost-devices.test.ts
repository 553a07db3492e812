/** A device that was lost, and an account that has to be found again (spec/02-accounts.md, spec/09-devices.md). */
import { type ChannelId, decodeCertificate, decodeControlPayload } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { devicesOf, findAccount, linkDevice, spacesOf } from "./linked-device.ts";
import { type Person, createWorld } from "./world.ts";

describe("a stolen laptop", { timeout: 60_000 }, () => {
  it("is revoked from the phone though it was the first device, and stops", async () => {
    const world = createWorld(21);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    const phone = await linkDevice(world, alice, "Alice's phone");
    await world.until("the phone is in", async () => (await spacesOf(phone)).includes("Team"));
    await phone.call("device.name", { device: alice.device, name: "Laptop" });

    await phone.call("device.revoke", { device: alice.device, reason: "stolen" });
    await world.until("the laptop is told", async () => (await alice.call("status.get", {})).status.signedOut !== null);
    expect(await devicesOf(phone)).toEqual({ Laptop: "revoked", "Alice's phone": "good" });
    expect((await alice.call("status.get", {})).status.signedOut).toContain("Alice's phone");
    await expect(alice.say(team, "from the thief")).rejects.toMatchObject({ code: "device-stopped" });
    await expect(alice.call("device.link", {})).rejects.toMatchObject({ code: "device-stopped" });

    await bob.say(team, "not for the thief");
    await phone.say(team, "still me");
    await world.until("Bob reads the phone", async () => (await bob.read(team)).includes("still me"));
    await world.clock.advance(30_000);
    expect(await alice.read(team)).not.toContain("not for the thief");
    expect((await bob.call("member.list", { space: team.id })).members.find(({ name }) => name === "Alice")?.devices).toBe(1);
  });

  it("that was off when it was revoked is told by any member it meets", async () => {
    const world = createWorld(22);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    const phone = await linkDevice(world, alice, "Alice's phone");
    await world.until("the phone is in", async () => (await spacesOf(phone)).includes("Team"));
    await alice.stop();
    await phone.call("device.revoke", { device: alice.device, reason: "stolen" });
    await world.agree(team, [phone, bob]);
    await phone.stop();
    await alice.start();
    await world.until("the laptop is told by Bob", async () => (await alice.call("status.get", {})).status.signedOut !== null);
    await alice.stop();
    await alice.start();
    expect((await alice.call("status.get", {})).status.problems.map(({ code }) => code)).toContain("device-revoked");
  });

  it.each([
    ["cut where its feeds end", false],
    ["disowned with the phrase", true],
  ])("writes on in a part of the network that has not heard, and in the end nobody reads it: %s", async (_how, withWords) => {
    const world = createWorld(28);
    const [alice, bob, carol] = [await world.person("Alice"), await world.person("Bob"), await world.person("Carol")];
    const team = await world.workspace(alice, bob, carol);
    const { words } = await alice.call("account.phrase", {});
    await alice.call("account.confirm-phrase", { words: words.map((word, position) => ({ position, word })) });
    const phone = await linkDevice(world, alice, "Alice's phone");
    await world.until("the phone is in", async () => (await spacesOf(phone)).includes("Team"));
    await alice.say(team, "before");
    await world.agree(team, [alice, bob, carol, phone]);
    world.network.partition([[alice.device, carol.device], [bob.device, phone.device]]);
    await world.clock.advance(10_000);
    await alice.say(team, "from the thief");
    await world.until("Carol reads the thief", async () => (await carol.read(team)).includes("from the thief"));
    await phone.call("device.revoke", { device: alice.device, reason: "stolen", ...(withWords ? { words } : {}) });
    world.network.heal();
    await world.until("the laptop is told", async () => (await alice.call("status.get", {})).status.signedOut !== null);
    await world.agree(team, [phone, bob, carol]);
    for (const who of [bob, carol, phone]) expect(await who.read(team)).toEqual(["before"]);
    await phone.say(team, "after");
    await world.until("Bob reads on", async () => (await bob.read(team)).includes("after"));
  });

  it("and what only the laptop had kept for itself is not lost to devices that come later", async () => {
    const world = createWorld(23);
    const alice = await world.person("Alice");
    await alice.call("own.set", { key: "petname/bob", value: "Bobby" });
    const phone = await linkDevice(world, alice, "Alice's phone");
    await world.until("the phone knows", async () => (await phone.call("own.get", { key: "petname/bob" })).value === "Bobby");
    await phone.call("device.revoke", { device: alice.device, reason: "lost" });
    await alice.stop();
    await world.clock.advance(60_000);
    const tablet = await linkDevice(world, phone, "Alice's tablet");
    await world.until("the tablet knows", async () => (await tablet.call("own.get", { key: "petname/bob" })).value === "Bobby");
    expect(Object.values(await devicesOf(tablet)).sort()).toEqual(["good", "good", "revoked"]);
  });
});

describe("recovering an account from its words", { timeout: 60_000 }, () => {
  it("asks a member named in an old invite, shows the name first, and comes back as a new device", async () => {
    const world = createWorld(24);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(bob, alice);
    await alice.say(team, "before the loss");
    await world.until("Bob has it", async () => (await bob.read(team)).length === 1);
    const link = await world.invite(bob, team, { uses: 1 });
    const { words } = await alice.call("account.phrase", {});
    const { account } = await alice.call("account.get", {});
    await alice.kill();

    const fresh = await world.person("New laptop", { account: false });
    const found = await findAccount(world, fresh, words, link);
    expect(found.account).toEqual(account);
    expect((await fresh.call("account.get", {})).account).toBeNull();
    await fresh.call("account.recover-confirm", {});
    await world.until("it is in", async () => (await spacesOf(fresh)).includes("Team"));
    await world.until("and has the history", async () => (await fresh.read(team)).includes("before the loss"));
    expect(Object.values(await devicesOf(fresh))).toEqual(["good", "good"]);
    await fresh.call("device.revoke", { device: alice.device, reason: "lost" });
    await fresh.say(team, "back again");
    await world.until("Bob reads Alice", async () => (await bob.messages(team)).some(({ text, author }) => text === "back again" && author.name === "Alice"));
    expect(await bob.members(team)).toEqual(["Alice", "Bob"]);
  });

  it("finds the other workspaces by way of an own device that still runs", async () => {
    const world = createWorld(25);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(bob, alice);
    await alice.call("space.create", { name: "Alone" });
    const { words } = await alice.call("account.phrase", {});
    const fresh = await world.person("Tablet", { account: false });
    await findAccount(world, fresh, words, await world.invite(bob, team));
    await fresh.call("account.recover-confirm", {});
    await world.until("it has both", async () => (await spacesOf(fresh)).length === 2);
    await world.until("the old device lists it", async () => (await devicesOf(alice))["Tablet"] === "good");
    expect(await spacesOf(fresh)).toEqual(await spacesOf(alice));
  });

  it("says which word is wrong before anyone is asked, and that words were replaced", async () => {
    const world = createWorld(26);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(bob, alice);
    const { words: old } = await alice.call("account.phrase", {});
    const fresh = await world.person("Tablet", { account: false });
    await expect(fresh.call("account.recover", { words: old.with(3, "mutlichat") })).rejects.toMatchObject({ code: "phrase-invalid", message: expect.stringContaining("Word 4") as string });

    const { words: now } = await alice.call("account.rotate", {});
    expect(now).not.toEqual(old);
    expect((await alice.call("account.phrase", {})).words).toEqual(now);
    const link = await world.invite(bob, team);
    await world.clock.advance(5_000);
    await fresh.call("account.recover", { words: old, via: link });
    await world.until("refused", async () => (await fresh.call("account.recover-get", {})).recovery?.error === "phrase-replaced");
    const found = await findAccount(world, fresh, now, link);
    expect(found.account?.name).toBe("Alice");
    await fresh.call("account.recover-confirm", {});
    await world.until("it is in", async () => (await spacesOf(fresh)).includes("Team"));
  });

  it("a recovered device learns what it takes to replace the phrase, and can", async () => {
    const world = createWorld(27);
    const alice = await world.person("Alice");
    const { words } = await alice.call("account.phrase", {});
    const { linking } = await alice.call("device.link", {});
    const fresh = await world.person("Tablet", { account: false });
    await findAccount(world, fresh, words, linking.code!);
    await fresh.call("account.recover-confirm", {});
    await world.until("the next seed comes", async () => (await fresh.call("own.list", { prefix: "next/" })).entries.length === 1);
    const { words: fresher } = await fresh.call("account.rotate", { words });
    expect(fresher).not.toEqual(words);
    await world.until("the first device no longer offers the old words", async () => !(await alice.call("status.get", {})).status.phraseUnsaved);
    await expect(alice.call("account.rotate", { words })).rejects.toMatchObject({ code: "phrase-mismatch" });
  });

  it("after that a device which only the old phrase had certified comes into a new workspace by the other", async () => {
    const world = createWorld(28);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    const { words } = await alice.call("account.phrase", {});
    const fresh = await world.person("Tablet", { account: false });
    await findAccount(world, fresh, words, (await alice.call("device.link", {})).linking.code!);
    await fresh.call("account.recover-confirm", {});
    await world.until("the tablet is in", async () => (await spacesOf(fresh)).includes("Team"));
    await world.until("the next seed comes", async () => (await fresh.call("own.list", { prefix: "next/" })).entries.length === 1);
    await fresh.call("account.rotate", { words });
    // Bob's copy of the log has it, too.
    await world.until("the team sees the new key", () => Promise.resolve(rotationsIn(bob, team.id) === 1));

    await fresh.stop();
    await fresh.start();
    const { space } = await fresh.call("space.create", { name: "New" });
    await world.join(bob, await world.invite(fresh, space));
    expect(rotationsIn(bob, space.id)).toBe(1);
    await world.until("the laptop is in", async () => (await spacesOf(alice)).includes("New"));
    await world.until("as a device of hers", async () => (await bob.call("member.list", { space: space.id })).members.find(({ name }) => name === "Alice")?.devices === 2);
    await alice.say(space, "from the laptop");
    await world.until("Bob reads it", async () => (await bob.read(space)).includes("from the laptop"));
  });
});

/** How often an identity key was replaced, as far as the bindings in a space show. */
function rotationsIn({ store }: Person, space: string): number {
  const shown = store.channelEvents(space as ChannelId).flatMap(({ kind, payload }) => {
    const bound = kind === "genesis" || kind === "device.bind" ? decodeControlPayload(kind, payload!) : null;
    const certificate = bound?.ok === true && "certificate" in bound.value.payload ? decodeCertificate(bound.value.payload.certificate) : null;
    return certificate?.ok === true ? [certificate.value.rotations.length] : [];
  });
  return Math.max(0, ...shown);
}
