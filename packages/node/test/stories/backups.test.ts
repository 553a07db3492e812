/** Everything in one file, and back from it (spec/09-devices.md, Backup). */
import { describe, expect, it } from "vitest";
import { devicesOf, linkDevice, spacesOf } from "./linked-device.ts";
import { type Person, type World, createWorld } from "./world.ts";

async function transferDone(world: World, who: Person): Promise<void> {
  await world.until("the transfer ends", async () => (await who.call("backup.get", {})).transfer?.step !== "running");
  expect((await who.call("backup.get", {})).transfer).toMatchObject({ step: "done", error: null });
}

describe("backups", { timeout: 60_000 }, () => {
  it("Alice's computer burns, and a new one takes everything from the file without anybody else", async () => {
    const world = createWorld(31);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    await bob.sayAll(team, Array.from({ length: 300 }, (_, i) => `message ${i}`));
    await world.agree(team, [alice, bob]);
    await alice.call("own.set", { key: "petname/bob", value: "Bobby" });
    await alice.call("backup.write", { path: "all", passphrase: "correct horse" });
    await transferDone(world, alice);
    await alice.kill();
    await bob.stop();

    const fresh = await world.person("New computer", { account: false });
    await fresh.call("backup.restore", { path: "all", passphrase: "wrong horse" });
    await world.until("refused", async () => (await fresh.call("backup.get", {})).transfer?.step === "failed");
    expect((await fresh.call("backup.get", {})).transfer?.error).toBe("wrong-passphrase");
    await fresh.call("backup.restore", { path: "all", passphrase: "correct horse" });
    await transferDone(world, fresh);
    expect((await fresh.call("account.get", {})).account?.name).toBe("Alice");
    await world.until("it is in", async () => (await spacesOf(fresh)).includes("Team"));
    const history = await fresh.history(team);
    expect(history.map(({ text }) => text).sort()).toEqual(Array.from({ length: 300 }, (_, i) => `message ${i}`).sort());
    expect((await fresh.call("space.list", {})).spaces[0]?.unread).toBe(0);
    expect((await fresh.call("own.get", { key: "petname/bob" })).value).toBe("Bobby");

    await fresh.say(team, "back");
    await bob.start();
    await world.until("Bob reads it", async () => (await bob.messages(team)).some(({ text, author }) => text === "back" && author.name === "Alice"));
    expect(Object.keys(await devicesOf(fresh)).length).toBe(2);
    await world.agree(team, [fresh, bob]);
  });

  it("of a device revoked since needs the words", async () => {
    const world = createWorld(32);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(bob, alice);
    const { words } = await alice.call("account.phrase", {});
    await alice.call("account.confirm-phrase", { words: words.map((word, position) => ({ position, word })) });
    const phone = await linkDevice(world, alice, "Phone");
    await world.until("the phone is in", async () => (await spacesOf(phone)).includes("Team"));
    await alice.call("backup.write", { path: "all", passphrase: "x" });
    await transferDone(world, alice);
    await phone.call("device.revoke", { device: alice.device, reason: "stolen" });
    await phone.call("backup.write", { path: "later", passphrase: "x" });
    await transferDone(world, phone);
    await world.agree(team, [bob, phone]);

    const fresh = await world.person("New", { account: false });
    await fresh.call("backup.restore", { path: "all", passphrase: "x", words });
    await transferDone(world, fresh);
    await world.until("it is in", async () => (await spacesOf(fresh)).includes("Team"));
    await world.until("all own devices know each other", async () => (await devicesOf(fresh))["Phone"] === "good" && Object.values(await devicesOf(phone)).filter((one) => one === "good").length === 2);
    await fresh.say(team, "hello");
    await world.until("Bob reads it", async () => (await bob.read(team)).includes("hello"));
    expect((await bob.messages(team)).find(({ text }) => text === "hello")?.author.name).toBe("Alice");
  });

  it("that were being restored when the computer stopped leave nothing of the old account behind", async () => {
    const world = createWorld(33);
    const alice = await world.person("Alice");
    const team = await world.workspace(alice);
    await alice.sayAll(team, ["one", "two", "three"]);
    await alice.call("backup.write", { path: "all", passphrase: "x" });
    await transferDone(world, alice);
    await alice.kill();

    const fresh = await world.person("New computer", { account: false });
    const { open } = world.backups;
    let given = 0;
    // After its first items the file gives nothing any more, until the computer stops.
    world.backups.open = async (path, passphrase) => {
      const source = await open(path, passphrase);
      return { ...source, next: () => (given++ < 4 ? source.next() : new Promise(() => undefined)) };
    };
    await fresh.call("backup.restore", { path: "all", passphrase: "x" });
    await world.until("some of it is here", () => fresh.store.spaces().length > 0);
    await expect(fresh.call("account.create", { name: "Eve" })).rejects.toMatchObject({ code: "bad-request" });
    await fresh.kill();
    await fresh.start();
    expect((await fresh.call("account.get", {})).account).toBeNull();
    expect(fresh.store.spaces()).toEqual([]);

    world.backups.open = open;
    await fresh.call("backup.restore", { path: "all", passphrase: "x" });
    await transferDone(world, fresh);
    await world.until("it is in", async () => (await spacesOf(fresh)).includes("Team"));
    expect((await fresh.read(team)).sort()).toEqual(["one", "three", "two"]);
    await expect(fresh.call("backup.restore", { path: "all", passphrase: "x" })).rejects.toMatchObject({ code: "account-exists" });
  });
});
