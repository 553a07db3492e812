/** What was answered is kept: whatever is killed, whenever. */
import { expect, test } from "vitest";
import { createVillage } from "./support/village.ts";

test("kill -9 amid a stream of messages loses none that was answered, and repeats none", async () => {
  await using village = await createVillage();
  const [alice, bob] = await Promise.all([village.node("Alice"), village.node("Bob")]);
  const space = await village.workspace("Team", alice, bob);
  const channel = await alice.channel(space.id);

  const answered = new Set<string>();
  const enough = Promise.withResolvers<void>();
  let number = 0;
  /** Sends on and on, until the node is gone. */
  async function write(): Promise<void> {
    for (;;) {
      const { id } = await alice.say(channel, `message ${number++}`);
      answered.add(id);
      if (answered.size === 300) enough.resolve();
    }
  }
  const writers = Array.from({ length: 64 }, () => write().catch((error: unknown) => error));
  await enough.promise;
  await alice.kill();
  for (const error of await Promise.all(writers))
    expect(error).toMatchObject({ code: "not-running" });

  await alice.start();
  const kept = await alice.messages(channel);
  const ids = kept.map(({ id }) => id);
  expect(new Set(ids).size, "nothing twice at Alice").toBe(ids.length);
  expect(new Set(kept.map(({ text }) => text)).size, "no text twice at Alice").toBe(ids.length);
  expect(
    [...answered].filter((id) => !ids.includes(id)),
    "answered, then lost",
  ).toEqual([]);

  // One more, after the restart, and Bob has the very same messages in the very same order.
  await alice.say(channel, "back again");
  const all = [...kept.map(({ text }) => text), "back again"];
  const received = await bob.untilReads(channel, all);
  expect(received.map(({ id }) => id).slice(0, -1)).toEqual(ids);
  expect((await alice.call("status.get", {})).status.problems).toEqual([]);
});

test("a third member joins through the second while the first is off; nothing is missing anywhere", async () => {
  await using village = await createVillage();
  const [alice, bob] = await Promise.all([village.node("Alice"), village.node("Bob")]);
  const space = await village.workspace("Team", alice, bob);
  const channel = await alice.channel(space.id);
  const texts = Array.from({ length: 120 }, (_, number) => `from Alice ${number}`);
  await Promise.all(texts.map((text) => alice.say(channel, text)));
  await bob.untilReads(channel, texts);

  await alice.kill();
  await bob.say(channel, "Alice is away");
  const carol = await village.node("Carol");
  await carol.join(await bob.invite(space.id));
  await carol.untilReads(channel, [...texts, "Alice is away"]);
  await carol.say(channel, "hello from Carol");
  const all = [...texts, "Alice is away", "hello from Carol"];
  await bob.untilReads(channel, all);

  // Bob carries what Carol wrote to Alice, who never met her.
  await alice.start();
  const [atAlice, atBob, atCarol] = await Promise.all(
    [alice, bob, carol].map((node) => node.untilReads(channel, all)),
  );
  const order = atAlice!.map(({ id }) => id);
  expect(atBob!.map(({ id }) => id)).toEqual(order);
  expect(atCarol!.map(({ id }) => id)).toEqual(order);
  await alice.until("Alice knows Carol's name", async () => {
    const messages = await alice.messages(channel);
    return messages.find(({ text }) => text === "hello from Carol")?.author.name === "Carol";
  });
});
