import { toHex } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { type Person, countBytes, createWorld } from "./world.ts";

describe("a workspace of many people", { timeout: 60_000 }, () => {
  it("costs who comes back hardly more than one of few: names, pictures and addresses do not travel again", async () => {
    const [few, many] = [await bytesOfComingBack(2), await bytesOfComingBack(10)];
    // Acknowledgements name the feeds of all: Alice's, Bob's and that of who wrote last grow by a device and a range each.
    expect(many - few).toBeLessThan(8 * 600);
  });

  it("knows the name of a newcomer who was known to the member at the door before: at once, and also if away then", async () => {
    const world = createWorld(72);
    const alice = await world.person("Alice");
    const [carol, dave] = [await world.person("Carol"), await world.person("Dave")];
    const team = await world.workspace(alice, carol, dave);
    const bob = await world.person("Bob");
    const club = await world.workspace(alice, bob);
    await world.agree(club, [alice, bob]);
    await dave.stop();
    // Bob is linked to Alice alone: whatever Carol and Dave know of him comes from her.
    for (const other of [carol, dave]) world.network.cut(bob.device, other.device);

    await world.join(bob, await world.invite(alice, team));
    await world.until("Carol knows his name", async () => (await carol.members(team)).includes("Bob"), 10_000);
    const bobs = (await bob.call("account.get", {})).account!.id;
    await bob.stop();
    await dave.start();
    await world.until("Dave knows it too", async () => (await dave.members(team)).includes("Bob"), 10_000);
    const profiles = (who: Person): string[] => who.store.records(bobs, "profile").map(({ bytes }) => toHex(bytes));
    expect(profiles(dave)).toEqual(profiles(alice));
  });
});

/** What it costs Bob, who missed one message, to have it. @param others people who are members besides, and wrote something */
async function bytesOfComingBack(others: number): Promise<number> {
  const world = createWorld(71);
  const alice = await world.person("Alice");
  const bob = await world.person("Bob");
  const team = await world.workspace(alice, bob);
  for (let i = 0; i < others; i++) {
    const other = await world.person(`Member ${i}`);
    await world.join(other, await world.invite(alice, team));
    await other.say(team, `here is member ${i}`);
    await world.agree(team, [alice, bob, other]);
    await other.stop();
  }
  await world.clock.advance(5_000);
  await bob.stop();
  await alice.say(team, "one more");
  const counted = countBytes(world.network, alice.device, bob.device);
  await bob.start();
  await world.until("Bob has it", async () => (await bob.read(team)).at(-1) === "one more");
  await world.clock.advance(5_000);
  return counted().bytes;
}
