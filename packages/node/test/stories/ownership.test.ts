/** Who owns a workspace, and how that moves: by the root key, and by those who may take it over together (spec/04-control.md, The root). */
import type { Ownership, Space } from "@multichat/client/contract";
import { describe, expect, it } from "vitest";
import type { Person } from "./world.ts";
import { give, idOf, memberOf, roleOf, team } from "./people.ts";

const words = async (who: Person): Promise<string[]> => (await who.call("account.phrase", {})).words;
const ownership = async (who: Person, space: Space): Promise<Ownership> => (await who.call("ownership.get", { space: space.id })).ownership;
async function ids(who: Person, space: Space, ...names: string[]): Promise<string[]> {
  const { members } = await who.call("member.list", { space: space.id });
  return names.map((name) => members.find((member) => member.name === name)!.id);
}
const named = (people: readonly { name: string }[]): string[] => people.map(({ name }) => name).sort();
const holders = ({ holders: all }: { holders: Ownership["holders"] }): string[] => all.map(({ person }) => person?.name ?? "nobody").sort();
const setPhrase = async (who: Person): Promise<string[]> => {
  const phrase = await words(who);
  await who.call("account.confirm-phrase", { words: phrase.map((word, position) => ({ position, word })) });
  return phrase;
};

describe("ownership", { timeout: 60_000 }, () => {
  it("handed over, the new owner does what only an owner may, and the old one no longer may", async () => {
    const { world, people, space } = await team(1201, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const phrase = await setPhrase(alice);
    const account = await idOf(alice, space, "Bob");
    await expect(alice.call("space.transfer-ownership", { space: space.id, account })).rejects.toMatchObject({ code: "phrase-erased" });
    await expect(alice.call("space.transfer-ownership", { space: space.id, account, words: await words(bob) })).rejects.toMatchObject({ code: "not-allowed" });
    await expect(bob.call("space.transfer-ownership", { space: space.id, account })).rejects.toMatchObject({ code: "not-allowed", message: expect.stringContaining("recovery phrase of Alice") });
    await alice.call("space.transfer-ownership", { space: space.id, account, words: phrase });
    await world.agree(space, people);
    for (const one of people) expect(named((await ownership(one, space)).owners)).toEqual(["Bob"]);

    await give(bob, space, "Carol", "Admin");
    await world.until("Carol is an admin", async () => (await memberOf(carol, space, "Carol")).roles.includes("Admin"));
    const admin = await roleOf(alice, space, "Admin");
    await expect(alice.call("member.role", { space: space.id, account, role: admin, on: true })).rejects.toMatchObject({ code: "not-allowed" });
    await expect(alice.call("member.kick", { space: space.id, account })).rejects.toMatchObject({ code: "not-allowed" });
    await bob.call("member.kick", { space: space.id, account: await idOf(bob, space, "Alice") });
    await world.until("Carol sees that Alice is gone", async () => !(await carol.members(space)).includes("Alice"));
  });

  it("two of three recover it after the owner lost everything, none of them at the same time as another", async () => {
    const { world, people, space } = await team(1202, "Alice", "Bob", "Carol", "Dora");
    const [alice, bob, carol, dora] = people as [Person, Person, Person, Person];
    const before = await setPhrase(alice);
    const phrases = new Map<string, string[]>();
    for (const one of [bob, carol, dora]) phrases.set(one.name, await setPhrase(one));
    const accounts = await ids(alice, space, "Bob", "Carol", "Dora");
    const set = await alice.call("ownership.set-recovery", { space: space.id, accounts, needed: 2, words: before });
    expect(set.words).not.toEqual(before);
    expect(set.words).toEqual(await words(alice));
    await world.agree(space, people);
    const seen = await ownership(dora, space);
    expect(holders(seen)).toEqual(["Alice"]);
    expect(seen.recovery).toMatchObject({ needed: 2 });
    expect(holders(seen.recovery!)).toEqual(["Bob", "Carol", "Dora"]);

    // Everything is lost: computers and words. Who comes back is somebody new.
    await alice.kill();
    const again = await world.person("Alice again");
    await world.join(again, await world.invite(bob, space));
    await again.call("ownership.request", { space: space.id });
    const ask = async (who: Person) => (await ownership(who, space)).requests[0];
    await world.agree(space, [bob, carol, dora, again]);
    await bob.stop();
    await dora.stop();
    await again.stop();

    // Carol agrees while only she is there, Dora when Carol is gone again.
    const request = (await ask(carol))!.id;
    await expect(carol.call("ownership.approve", { space: space.id, request })).rejects.toMatchObject({ code: "phrase-erased" });
    await expect(carol.call("ownership.approve", { space: space.id, request, words: phrases.get("Bob")! })).rejects.toMatchObject({ code: "phrase-mismatch" });
    await carol.call("ownership.approve", { space: space.id, request, words: phrases.get("Carol")! });
    await dora.start();
    await world.until("Dora hears of it", async () => (await ask(dora))?.approvedBy.length === 1);
    await carol.stop();
    expect(await ask(dora)).toMatchObject({ by: { name: "Alice again" }, approved: false, needed: 2 });
    await again.start();
    await world.until("the request has one", async () => (await ask(again))?.approvedBy.length === 1);
    await expect(again.call("ownership.take", { space: space.id })).rejects.toMatchObject({ code: "not-allowed" });
    expect(named((await ownership(again, space)).owners)).toEqual(["Alice"]);
    await dora.call("ownership.approve", { space: space.id, request, words: phrases.get("Dora")! });
    await world.until("it has two", async () => (await ask(again))?.approvedBy.length === 2);
    const { ownership: taken } = await again.call("ownership.take", { space: space.id });
    expect(named(taken.owners)).toEqual(["Alice again"]);
    expect(holders(taken)).toEqual(["Alice again"]);
    expect(holders(taken.recovery!)).toEqual(["Bob", "Carol", "Dora"]);
    expect(taken.requests).toEqual([]);

    for (const one of [bob, carol]) await one.start();
    await world.agree(space, [bob, carol, dora, again]);
    for (const one of [bob, carol, dora]) expect(named((await ownership(one, space)).owners)).toEqual(["Alice again"]);
    // The one who was lost comes back: of the root key that was hers nothing is left.
    await alice.start();
    await world.agree(space, [alice, bob, carol, dora, again]);
    expect((await memberOf(bob, space, "Alice")).roles).toEqual(["Admin"]);
    const own = await idOf(alice, space, "Alice");
    await expect(alice.call("space.transfer-ownership", { space: space.id, account: own, words: set.words })).rejects.toMatchObject({ code: "not-allowed", message: expect.stringContaining("recovery phrase of Alice again") });
    await again.call("member.kick", { space: space.id, account: own });
    await world.until("all see it", async () => (await bob.members(space)).length === 4);
  });

  it("whoever asks goes on talking, and leaves it to others to let people in: so nobody has to agree twice", async () => {
    const { world, people, space } = await team(1203, "Alice", "Bob", "Carol", "Dora");
    const [alice, bob, carol, dora] = people as [Person, Person, Person, Person];
    await alice.call("ownership.set-recovery", { space: space.id, accounts: await ids(alice, space, "Bob", "Carol", "Dora"), needed: 2 });
    await world.agree(space, people);
    const link = await world.invite(bob, space);
    await world.agree(space, people);
    await bob.call("ownership.request", { space: space.id });
    const request = (await ownership(bob, space)).requests[0]!.id;
    await bob.call("ownership.approve", { space: space.id, request });
    await bob.say(space, "I have asked");
    const eve = await world.person("Eve");
    for (const other of [alice, carol, dora]) world.network.cut(eve.device, other.device);
    await eve.call("join.start", { link });
    await world.clock.advance(20_000);
    expect(await bob.members(space)).not.toContain("Eve");
    world.network.heal();
    await world.until("another lets her in", async () => (await eve.call("space.list", {})).spaces.length === 1);
    await give(alice, space, "Carol", "Moderator");
    await world.agree(space, [...people, eve]);
    expect((await ownership(carol, space)).requests).toMatchObject([{ id: request, approvedBy: [{ name: "Bob" }] }]);
    await carol.call("ownership.approve", { space: space.id, request });
    await world.until("Bob hears", async () => (await ownership(bob, space)).requests[0]?.approvedBy.length === 2);
    await bob.call("ownership.take", { space: space.id, keep: true });
    await world.agree(space, [...people, eve]);
    expect(named((await ownership(eve, space)).owners)).toEqual(["Alice", "Bob"]);
  });

  it("a request that is taken back, or whose place was used, can no longer be granted", async () => {
    const { world, people, space } = await team(1204, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    await expect(bob.call("ownership.request", { space: space.id })).rejects.toMatchObject({ code: "not-found" });
    await alice.call("ownership.set-recovery", { space: space.id, accounts: await ids(alice, space, "Bob", "Carol"), needed: 2 });
    await expect(alice.call("ownership.set-recovery", { space: space.id, accounts: await ids(alice, space, "Bob"), needed: 1 })).rejects.toMatchObject({ code: "not-allowed", message: expect.stringMatching(/set up with .*Bob/) });
    await world.agree(space, people);
    await bob.call("ownership.request", { space: space.id });
    await world.until("Carol hears", async () => (await ownership(carol, space)).requests.length === 1);
    await bob.call("ownership.withdraw", { space: space.id });
    await world.until("it is gone", async () => (await ownership(carol, space)).requests.length === 0);
    await bob.call("ownership.request", { space: space.id });
    const [first] = (await ownership(bob, space)).requests;
    await bob.call("invite.create", { space: space.id });
    await world.agree(space, people);
    for (const one of people) expect((await ownership(one, space)).requests).toEqual([]);
    await expect(carol.call("ownership.approve", { space: space.id, request: first!.id })).rejects.toMatchObject({ code: "not-found" });
  });

  it("a replaced phrase takes the root key along, in every workspace, and the old words are worth nothing", async () => {
    const { world, people, space } = await team(1205, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const { space: second } = await alice.call("space.create", { name: "Second" });
    const old = await words(alice);
    const { words: fresh, rooted } = await alice.call("account.rotate", {});
    expect(rooted).toEqual([]);
    await world.agree(space, people);
    const account = await idOf(alice, space, "Bob");
    for (const one of people) expect((await ownership(one, space)).holders).toMatchObject([{ person: { name: "Alice" }, current: true }]);
    expect((await ownership(alice, second)).holders).toMatchObject([{ you: true, current: true }]);
    await expect(alice.call("space.transfer-ownership", { space: space.id, account, words: old })).rejects.toMatchObject({ code: "not-allowed" });
    await alice.call("space.transfer-ownership", { space: space.id, account, words: fresh });
    await world.until("Bob owns it", async () => named((await ownership(bob, space)).owners).includes("Bob"));
    // Where others may take over, the key cannot follow.
    const set = await alice.call("ownership.set-recovery", { space: space.id, accounts: [account], needed: 1 });
    const again = await alice.call("account.rotate", {});
    expect(again.rooted).toEqual([{ id: space.id, name: "Team" }]);
    expect((await ownership(alice, space)).holders).toMatchObject([{ you: true, current: false }]);
    expect((await ownership(alice, second)).holders).toMatchObject([{ you: true, current: true }]);
    await expect(alice.call("ownership.take", { space: space.id, words: again.words })).rejects.toMatchObject({ code: "not-allowed", message: expect.stringContaining("had before") });
    await alice.call("ownership.take", { space: space.id, words: set.words });
  });

  it("whoever has the root key takes the ownership back from a rogue owner", async () => {
    const { world, people, space } = await team(1206, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    await alice.call("space.transfer-ownership", { space: space.id, account: await idOf(alice, space, "Bob") });
    await world.agree(space, people);
    await bob.call("ownership.take", { space: space.id }).then(() => expect.unreachable(), (error: unknown) => expect(error).toMatchObject({ code: "not-allowed" }));
    await alice.call("ownership.take", { space: space.id });
    await world.agree(space, people);
    expect(named((await ownership(carol, space)).owners)).toEqual(["Alice"]);
    expect((await memberOf(carol, space, "Bob")).roles).toEqual(["Member"]);
  });

  it("those who may take over are changed by asking them", async () => {
    const { world, people, space } = await team(1207, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    await alice.call("ownership.set-recovery", { space: space.id, accounts: await ids(alice, space, "Bob"), needed: 1 });
    await alice.call("ownership.request", { space: space.id });
    await world.agree(space, people);
    const [asked] = (await ownership(bob, space)).requests;
    await bob.call("ownership.approve", { space: space.id, request: asked!.id });
    await world.until("Alice hears", async () => (await ownership(alice, space)).requests[0]?.approvedBy.length === 1);
    const { ownership: taken } = await alice.call("ownership.take", { space: space.id, anew: true });
    expect(taken.recovery).toBeNull();
    const { entries } = await alice.call("audit.list", { space: space.id, kind: "space" });
    expect(entries.map(({ deed }) => deed.did)).toEqual(["replace-root-keys", "replace-root-keys", "name-successors", "replace-root-keys", "create-space"]);
    await alice.call("ownership.set-recovery", { space: space.id, accounts: await ids(alice, space, "Carol"), needed: 1 });
    await world.agree(space, people);
    expect(holders((await ownership(carol, space)).recovery!)).toEqual(["Carol"]);
    await expect(bob.call("ownership.approve", { space: space.id, request: asked!.id })).rejects.toMatchObject({ code: "not-found" });
  });
});
