/** Messages from strangers (spec/11-private-spaces.md, Strangers). */
import type { MessageRequest, PrivatePlace } from "@multichat/client/contract";
import { decodeFrame, encodeFrame } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { directChannel } from "../../src/engine/private/founding.ts";
import { accountOf, conversations } from "./private-places.ts";
import { type Person, type World, createWorld } from "./world.ts";

const requests = async (who: Person): Promise<MessageRequest[]> => (await who.call("request.list", {})).requests;
const open = (who: Person, other: Person): Promise<PrivatePlace> => who.call("dm.open", { accounts: [accountOf(other)] });

interface Two {
  world: World;
  alice: Person;
  /** Was in a workspace with Alice once, and is a stranger to her now. */
  mallory: Person;
}

async function strangers(seed: number): Promise<Two> {
  const world = createWorld(seed);
  const [alice, mallory] = [await world.person("Alice"), await world.person("Mallory")];
  const team = await world.workspace(mallory, alice);
  await world.agree(team, [alice, mallory]);
  await alice.call("space.leave", { space: team.id });
  await world.until("she has left", async () => (await mallory.members(team)).length === 1);
  await world.clock.advance(90_000);
  return { world, alice, mallory };
}

describe("a conversation that a stranger begins", { timeout: 60_000 }, () => {
  it("waits as a request, shows nothing to the stranger, and begins when it is accepted", async () => {
    const { world, alice, mallory } = await strangers(1301);
    const answers: string[] = [];
    const stop = world.network.tap((frame, from, to) => {
      const decoded = decodeFrame(frame);
      if (from === alice.device && to === mallory.device && decoded.ok) answers.push(decoded.value.type);
      return frame;
    });
    const place = await open(mallory, alice);
    await mallory.call("message.send", { channel: place.channel.id, text: "you do not know me" });
    await world.until("Alice has a request", async () => (await requests(alice)).length === 1);
    await world.clock.advance(120_000);
    stop();
    // As to anybody who connects: a greeting, tags of nothing, and perhaps a farewell.
    expect(answers).toContain("hello");
    expect(answers.filter((type) => !["hello", "tags", "bye"].includes(type))).toEqual([]);
    expect(alice.store.spaces().map(({ id }) => id)).not.toContain(place.space.id);
    expect(await conversations(alice)).toEqual([]);
    expect(await requests(alice)).toMatchObject([{ id: place.space.id, from: { id: accountOf(mallory), name: "Mallory" }, people: 2, introducedBy: null }]);
    expect(alice.pushes).toContainEqual({ push: "requests", data: { requests: 1 } });
    expect((await mallory.messages(place.space, directChannel))[0]!.delivery).toMatchObject({ devices: 0 });

    await alice.call("request.accept", { request: place.space.id });
    await world.until("it is there", async () => (await conversations(alice)).join() === "Mallory");
    await world.until("Alice reads it", async () => (await alice.read(place.space, directChannel)).includes("you do not know me"));
    expect(await requests(alice)).toEqual([]);
    await alice.call("message.send", { channel: (await alice.call("channel.list", { space: place.space.id })).channels[0]!.id, text: "now I do" });
    await world.until("Mallory reads it", async () => (await mallory.read(place.space, directChannel)).includes("now I do"));
  });

  it("is not asked again when it was declined, and never when its sender is blocked", async () => {
    const { world, alice, mallory } = await strangers(1302);
    const place = await open(mallory, alice);
    await world.until("Alice has a request", async () => (await requests(alice)).length === 1);
    await alice.call("request.decline", { request: place.space.id });
    expect(await requests(alice)).toEqual([]);
    await expect(alice.call("request.accept", { request: place.space.id })).rejects.toMatchObject({ code: "not-found" });
    await mallory.stop();
    await mallory.start();
    await world.clock.advance(60_000);
    expect(await requests(alice)).toEqual([]);

    const trudy = await world.person("Trudy");
    const team = await world.workspace(trudy, alice);
    await alice.call("contact.block", { account: accountOf(trudy) });
    const unwanted = await open(trudy, alice);
    await world.clock.advance(60_000);
    expect(await conversations(alice)).toEqual([]);
    expect(await requests(alice)).toEqual([]);
    expect(alice.store.spaces().map(({ id }) => id)).not.toContain(unwanted.space.id);
    expect((await alice.members(team))).toEqual(["Alice", "Trudy"]);
  });

  it("is one for each account, survives a restart, and is not believed of another account", async () => {
    const { world, alice, mallory } = await strangers(1303);
    const place = await open(mallory, alice);
    const stop = world.network.tap((frame, _from, to) => {
      const decoded = decodeFrame(frame);
      if (to !== alice.device || !decoded.ok || decoded.value.type !== "offer") return frame;
      const offer = decoded.value;
      const more = [1, 2, 3].map((n) => encodeFrame({ ...offer, id: `${n}`.repeat(64) as never }));
      // Whoever signs for its own account cannot speak for another.
      const lie = encodeFrame({ ...offer, id: "ab".repeat(32) as never, account: "cd".repeat(32) as never });
      return [lie, frame, ...more];
    });
    await mallory.stop();
    await mallory.start();
    await world.until("Alice has a request", async () => (await requests(alice)).length > 0);
    await world.clock.advance(10_000);
    stop();
    expect((await requests(alice)).map(({ id }) => id)).toEqual([place.space.id]);
    await alice.stop();
    await alice.start();
    expect((await requests(alice)).map(({ id }) => id)).toEqual([place.space.id]);
  });
});
