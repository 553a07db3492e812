/** Taking something off a device for good (spec/09-devices.md, Forgetting). */
import { describe, expect, it } from "vitest";
import { linkDevice, spacesOf } from "./linked-device.ts";
import { createWorld } from "./world.ts";

describe("forgetting", { timeout: 60_000 }, () => {
  it("a workspace: the others are told, nothing of it stays, and this device does not come back", async () => {
    const world = createWorld(41);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    await bob.say(team, "to be forgotten");
    const link = await world.invite(alice, team);
    await bob.call("space.forget", { space: team.id });
    expect(await spacesOf(bob)).toEqual([]);
    await world.until("Alice is alone", async () => (await alice.members(team)).length === 1);
    await world.until("nothing is left", () => bob.store.spaces().length === 0);
    await expect(bob.call("join.start", { link })).rejects.toMatchObject({ code: "not-allowed" });
    expect(await alice.read(team)).toContain("to be forgotten");
  });

  it("a workspace, by a node that stops before the others know", async () => {
    const world = createWorld(43);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    const { space: club } = await bob.call("space.create", { name: "Club" });
    await bob.call("space.forget", { space: team.id });
    await bob.stop();
    expect(bob.store.spaces().map(({ id }) => id)).toContain(team.id);
    await bob.start();
    // At once: the wait for the others went with the node.
    expect(bob.store.spaces().map(({ id }) => id)).not.toContain(team.id);
    expect(await spacesOf(bob)).toEqual(["Club"]);
    await bob.say(club, "still here");
    await world.until("Alice is alone", async () => (await alice.members(team)).length === 1);
  });

  it("the account: out of all workspaces, and it says what remains", async () => {
    const world = createWorld(42);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    const phone = await linkDevice(world, bob, "Phone");
    await world.until("the phone is in", async () => (await spacesOf(phone)).includes("Team"));
    await expect(bob.call("account.delete", { name: "Bobby" })).rejects.toMatchObject({ code: "bad-request" });
    const { remains } = await bob.call("account.delete", { name: "Bob" });
    expect(remains.join(" ")).toMatch(/What you wrote stays.*Your account stays on your other device/);
    await world.until("erased", () => bob.logs.some(({ event }) => event === "erased"));
    await world.until("Alice is alone", async () => (await alice.members(team)).length === 1);
    await world.until("the phone is out too", async () => (await spacesOf(phone)).length === 0);
  });
});
