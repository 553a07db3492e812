/** Two nodes that knew each other find each other again by themselves: addresses and ports are kept. */
import { expect, test } from "vitest";
import { createVillage } from "./support/village.ts";

/** From "ready again" to a message on the other side. Seconds on an idle machine; this one may be busy. */
const promisedMs = 15_000;

test("after a kill and a restart of either, or both, the pair talks again within seconds", async () => {
  await using village = await createVillage();
  const [alice, bob] = await Promise.all([village.node("Alice"), village.node("Bob")]);
  const space = await village.workspace("Team", alice, bob);
  const channel = await alice.channel(space.id);
  const texts: string[] = [];

  // Bob dialled Alice when he joined; now each has to be found by the other, and to find it.
  for (const [gone, other] of [
    [bob, alice],
    [alice, bob],
  ] as const) {
    const { addresses } = (await gone.call("status.get", {})).status;
    const { api } = gone.ready;
    await gone.kill();
    await other.untilConnected(space.id, 0);
    texts.push(`while one was away ${texts.length}`);
    await other.say(channel, texts.at(-1)!);

    await gone.start();
    const since = Date.now();
    await gone.untilReads(channel, texts);
    texts.push(`back again ${texts.length}`);
    await gone.say(channel, texts.at(-1)!);
    await other.untilReads(channel, texts);
    expect(Date.now() - since).toBeLessThan(promisedMs);
    expect(gone.ready.api, "the port of the local API is kept").toBe(api);
    expect((await gone.call("status.get", {})).status.addresses.sort()).toEqual(addresses.sort());
  }

  // Both off and both back: nobody was there to be found, and still they meet.
  await Promise.all([alice.stop(), bob.kill()]);
  await alice.start();
  await alice.say(channel, "from Alice, alone");
  await alice.stop();
  await bob.start();
  await bob.say(channel, "from Bob, alone");
  await alice.start();
  texts.push("from Alice, alone", "from Bob, alone");
  const [atAlice, atBob] = await Promise.all(
    [alice, bob].map((node) => node.untilReads(channel, texts)),
  );
  expect(atAlice!.map(({ id }) => id)).toEqual(atBob!.map(({ id }) => id));
});
