import { describe, expect, it } from "vitest";
import { createWorld } from "./world.ts";

describe("sending several messages at once", () => {
  it("one that cannot be sent does not hold up the others, nor tear the feed", async () => {
    const world = createWorld(71);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    const { channels } = await alice.call("channel.list", { space: team.id });
    const channel = channels[0]!.id;

    const texts = ["first", "語".repeat(39_000), "   ", "last"];
    const answers = await alice.together(
      "message.send",
      texts.map((text) => ({ channel, text })),
    );

    expect(answers.map((answer) => (answer.ok ? answer.value.message.text : answer.error.code))).toEqual([
      "first",
      "too-large",
      "bad-request",
      "last",
    ]);
    await alice.say(team, "after");
    await world.until("Bob has all three", async () => (await bob.read(team)).length === 3);
    expect(await bob.read(team)).toEqual(["first", "last", "after"]);
  });
});
