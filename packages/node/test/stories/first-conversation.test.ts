import { describe, expect, it } from "vitest";
import { createWorld } from "./world.ts";

describe("the first conversation", { timeout: 60_000 }, () => {
  it("Alice invites Bob, and both read what the other writes", async () => {
    const world = createWorld(1);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);

    await alice.say(team, "hello Bob");
    await world.until("Bob reads Alice", async () => (await bob.read(team)).includes("hello Bob"));
    await bob.say(team, "hello Alice");
    await world.until("Alice reads Bob", async () => (await alice.read(team)).includes("hello Alice"));

    const [first] = await alice.messages(team);
    expect(first?.author.name).toBe("Alice");
    await world.until("Bob's acknowledgement arrives", async () => {
      const [message] = await alice.messages(team);
      return message?.delivery?.devices === 1;
    });
    expect((await alice.messages(team))[0]?.delivery).toEqual({ stored: true, devices: 1, of: 1 });
    expect((await alice.messages(team))[1]?.author.name).toBe("Bob");
  });
});
