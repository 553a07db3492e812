/** What was taken back, and what expired: the same is left of it for those who had it and for those who never did (spec/12-content.md). */
import type { Space } from "@multichat/client/contract";
import { describe, expect, it } from "vitest";
import { team } from "./people.ts";
import type { Person } from "./world.ts";

const hour = 60 * 60_000;

/** What stands in the channel, and in the thread of its first message. */
async function shown(who: Person, space: Space): Promise<object> {
  const { id: channel } = (await who.call("channel.list", { space: space.id })).channels[0]!;
  const { messages } = await who.call("message.list", { channel });
  const thread = messages[0]!.id;
  const replies = await who.call("message.list", { channel, thread });
  const text = ({ text: words, deleted }: { text: string; deleted: unknown }): string => (deleted === null ? words : "deleted");
  return { channel: messages.map(text), thread: replies.messages.map(text), count: messages[0]!.replies?.replies ?? 0 };
}

describe("what was taken back", { timeout: 60_000 }, () => {
  it("stands at the same place whoever had it, and goes when it would have gone", async () => {
    const { world, people, space } = await team(1420, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const { id: channel } = (await alice.call("channel.list", { space: space.id })).channels[0]!;
    const [root] = await alice.sayAll(space, ["root"]);
    const thread = root!.id;
    await alice.call("message.send", { channel, text: "a reply that stays", thread });
    await world.agree(space, people);
    await carol.stop();
    const written = [
      await alice.call("message.send", { channel, text: "a reply", thread }),
      await alice.call("message.send", { channel, text: "for all to see", thread, also: true }),
      await alice.call("message.send", { channel, text: "a reply for an hour", thread, expiresIn: hour }),
      await alice.call("message.send", { channel, text: "for an hour", expiresIn: hour }),
    ];
    await world.agree(space, [alice, bob]);
    for (const { message } of written) await alice.call("message.delete", { message: message.id });
    const expected = { channel: ["root", "deleted"], thread: ["a reply that stays", "deleted", "deleted", "deleted"], count: 4 };
    await carol.start();
    await world.agree(space, people);
    for (const who of people) expect(await shown(who, space)).toEqual(expected);
    for (const who of people) {
      const { messages } = await who.call("message.list", { channel, thread });
      expect(messages.map((message) => message.thread)).toEqual(messages.map(() => thread));
    }
    await world.clock.advance(2 * hour);
    for (const who of people) expect(await shown(who, space)).toEqual({ channel: ["root"], thread: ["a reply that stays", "deleted", "deleted"], count: 3 });
    for (const who of people) {
      await who.stop();
      await who.start();
      expect(await shown(who, space)).toEqual({ channel: ["root"], thread: ["a reply that stays", "deleted", "deleted"], count: 3 });
    }
  });
});
