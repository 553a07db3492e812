/** Who asked to join when several, or nobody any more, decide on it (spec/04-control.md, policy `admission`). */
import { describe, expect, it } from "vitest";
import { give, team } from "./people.ts";
import type { Person } from "./world.ts";

describe("requests to join", { timeout: 60_000 }, () => {
  it("are granted as soon as nobody has to approve any more, but for those that were denied", async () => {
    const { world, people, space } = await team(631, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await alice.call("space.admission", { space: space.id, approve: true });
    await world.agree(space, people);
    const [carol, eve] = [await world.person("Carol"), await world.person("Eve")];
    for (const asking of [carol, eve]) await asking.call("join.start", { link: await world.invite(alice, space) });
    await world.until("Alice is told of both", () => alice.pushes.some((one) => one.push === "join-requests" && one.data.waiting === 2));
    const ofEve = async () => (await alice.call("join.requests", { space: space.id })).requests.find(({ person }) => person.name === "Eve");
    // Her name may come after her request.
    await world.until("Alice knows which is Eve's", async () => (await ofEve()) !== undefined);
    await alice.call("join.deny", { space: space.id, request: (await ofEve())!.id });
    await alice.call("space.admission", { space: space.id, approve: false });
    await world.until("Carol is in", async () => (await bob.members(space)).includes("Carol"), 5_000);
    expect((await alice.call("join.requests", { space: space.id })).requests).toEqual([]);
    await world.clock.advance(30_000);
    for (const who of [alice, bob, carol]) expect([who.name, await who.members(space)]).toEqual([who.name, ["Alice", "Bob", "Carol"]]);
  });

  it("that two grant at once are one line in the audit log", async () => {
    const { world, people, space } = await team(632, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await give(alice, space, "Bob", "Admin");
    await alice.call("space.admission", { space: space.id, approve: true });
    await world.agree(space, people);
    const dave = await world.person("Dave");
    await dave.call("join.start", { link: await world.invite(alice, space) });
    for (const who of people) await world.until(`${who.name} is told`, async () => (await who.call("join.requests", { space: space.id })).requests.length === 1);
    world.network.partition([[alice.device], [bob.device], [dave.device]]);
    for (const who of people) {
      const [request] = (await who.call("join.requests", { space: space.id })).requests;
      await who.call("join.approve", { space: space.id, request: request!.id });
    }
    world.network.heal();
    await world.until("Dave is in", async () => (await dave.call("space.list", {})).spaces.length === 1);
    await world.agree(space, [...people, dave]);
    const { account } = await dave.call("account.get", {});
    for (const who of [...people, dave]) {
      const written = who.store.channelEvents(space.id as never).filter(({ kind }) => kind === "admit");
      // The third let in Bob.
      expect(written).toHaveLength(3);
    }
    for (const who of people) {
      const { entries } = await who.call("audit.list", { space: space.id, kind: "join", of: account!.id });
      expect(entries.map(({ deed, by }) => [deed.did, by?.name])).toEqual([["admit", "Alice"], ["ask-to-join", "Dave"]]);
    }
  });
});
