/** Offers of spaces that are not what they say, or that come too often (spec/11-private-spaces.md, Offers). */
import { type Frame, type SpaceOffer, decodeFrame, encodeFrame } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { accountOf, conversations } from "./private-places.ts";
import { type Person, type World, createWorld } from "./world.ts";

/** From now on, what becomes of each offer on its way to somebody. */
function changeOffers(world: World, to: Person, change: (offer: SpaceOffer) => SpaceOffer[]): () => void {
  return world.network.tap((frame, _from, device) => {
    const decoded = decodeFrame(frame);
    if (device !== to.device || !decoded.ok || decoded.value.type !== "offer") return frame;
    return change(decoded.value).map((offer) => encodeFrame({ ...offer, type: "offer" } as Frame));
  });
}

async function pair(seed: number): Promise<{ world: World; alice: Person; mallory: Person; team: string }> {
  const world = createWorld(seed);
  const [alice, mallory] = [await world.person("Alice"), await world.person("Mallory")];
  const team = await world.workspace(mallory, alice);
  await world.agree(team, [alice, mallory]);
  return { world, alice, mallory, team: team.id };
}

const spacesOf = (who: Person): string[] => who.store.spaces().map(({ id }) => id);

describe("an offer", { timeout: 60_000 }, () => {
  it("of a workspace brings nobody into it: that takes an invite", async () => {
    const { world, alice, mallory } = await pair(1401);
    const { space: trap } = await mallory.call("space.create", { name: "Trap" });
    const stored = mallory.store.spaces().find(({ id }) => id === trap.id)!;
    const stop = changeOffers(world, alice, (offer) => [{ ...offer, id: stored.id, secret: stored.secret, heads: [stored.id as string as never] }]);
    await mallory.call("dm.open", { accounts: [accountOf(alice)] });
    await world.clock.advance(30_000);
    stop();
    expect((await alice.call("space.list", {})).spaces.map(({ name }) => name)).toEqual(["Team"]);
    expect(alice.store.channelEvents(trap.id as never)).toEqual([]);
  });

  it("with a wrong secret is forgotten when the right one comes", async () => {
    const { world, alice, mallory } = await pair(1402);
    const stop = changeOffers(world, alice, (offer) => [{ ...offer, secret: new Uint8Array(32) }]);
    await mallory.call("dm.open", { accounts: [accountOf(alice)] });
    await world.clock.advance(10_000);
    expect(await conversations(alice)).toEqual([]);
    stop();
    await mallory.stop();
    await mallory.start();
    await world.until("the conversation is there", async () => (await conversations(alice)).join() === "Mallory");
  });

  it("of spaces that lead nowhere keeps sixteen of them at most, and none that another account is said to have made", async () => {
    const { world, alice, mallory, team } = await pair(1403);
    const before = spacesOf(alice).length;
    let made = 0;
    const stop = changeOffers(world, alice, (offer) => [
      ...Array.from({ length: 40 }, () => ({ ...offer, id: (++made).toString(16).padStart(64, "0") as never })),
      { ...offer, id: "ab".repeat(32) as never, account: "cd".repeat(32) as never },
    ]);
    await mallory.call("dm.open", { accounts: [accountOf(alice)] });
    await world.clock.advance(10_000);
    stop();
    const held = spacesOf(alice).filter((id) => id !== team);
    expect(held.length).toBeLessThanOrEqual(before + 15);
    expect(held).toContain((40).toString(16).padStart(64, "0"));
    expect(held).not.toContain("ab".repeat(32));
    expect(alice.logs.map(({ event }) => event)).toContain("offer.refused");
    expect(await conversations(alice)).toEqual([]);
  });

  it("comes to nobody but those it is for, and tells nobody else that they enter", async () => {
    const world = createWorld(1404);
    const [alice, bob, eve] = [await world.person("Alice"), await world.person("Bob"), await world.person("Eve")];
    const team = await world.workspace(alice, bob, eve);
    await world.agree(team, [alice, bob, eve]);
    await world.clock.advance(60_000);
    const seen: { type: string; to: string }[] = [];
    const stop = world.network.tap((frame, _from, to) => {
      const decoded = decodeFrame(frame);
      if (decoded.ok) seen.push({ type: decoded.value.type, to });
      return frame;
    });
    await alice.call("dm.open", { accounts: [accountOf(bob)] });
    await world.until("Bob has it", async () => (await conversations(bob)).length === 1);
    await world.clock.advance(10_000);
    stop();
    expect(seen.filter(({ type }) => type === "offer")).toEqual([{ type: "offer", to: bob.device }]);
    expect(seen.filter(({ type, to }) => type === "tags" && to === eve.device)).toEqual([]);
  });
});
