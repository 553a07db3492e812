/** Finding messages (spec/local-api.md, `search`), as they are now and for those who hold them. */
import type { SearchQuery } from "@multichat/client/contract";
import { describe, expect, it } from "vitest";
import { idOf, team } from "./people.ts";
import type { Person } from "./world.ts";

const found = async (who: Person, query: string, more: Omit<SearchQuery, "query"> = {}): Promise<string[]> =>
  (await who.call("search", { query, ...more })).hits.map(({ message }) => message.text);

describe("searching", { timeout: 60_000 }, () => {
  it("finds what was just written, as it reads now, and what was taken back not at all", async () => {
    const { world, people, space } = await team(1301, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const said = await alice.say(space, "the harbour at dusk");
    const gone = await alice.say(space, "the harbour at noon");
    await world.agree(space, people);
    expect(await found(bob, "harb")).toEqual(["the harbour at noon", "the harbour at dusk"]);
    await alice.call("message.edit", { message: said.id, text: "the station at dusk" });
    await alice.call("message.delete", { message: gone.id });
    await world.agree(space, people);
    for (const who of people) {
      expect(await found(who, "harbour")).toEqual([]);
      expect(await found(who, "station dusk")).toEqual(["the station at dusk"]);
    }
    expect((await bob.call("search", { query: "stat" })).hits[0]).toMatchObject({ channelName: "general", spaceName: "Team", snippet: "the station at dusk", ranges: [[4, 11]] });
  });

  it("narrows by channel, person, time and pin, and pages without repeating", async () => {
    const { world, people, space } = await team(1302, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const other = (await alice.call("channel.create", { space: space.id, name: "elsewhere" })).channel;
    for (let i = 0; i < 6; i++) {
      await (i % 2 === 0 ? alice : bob).say(space, `apple ${i}`);
      await world.clock.advance(1_000);
      await world.agree(space, people);
    }
    const { message } = await alice.call("message.send", { channel: other.id, text: "apple elsewhere" });
    await alice.call("pin.set", { message: message.id, on: true });
    expect(await found(alice, "apple", { channel: other.id })).toEqual(["apple elsewhere"]);
    expect(await found(alice, "apple", { from: await idOf(alice, space, "Bob") })).toEqual(["apple 5", "apple 3", "apple 1"]);
    expect(await found(alice, "apple", { pinned: true })).toEqual(["apple elsewhere"]);
    expect(await found(alice, "apple", { before: (await alice.messages(space))[2]!.time })).toEqual(["apple 1", "apple 0"]);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await alice.call("search", { query: "apple", limit: 3, ...(cursor !== undefined && { cursor }) });
      expect(page.total).toBe(7);
      seen.push(...page.hits.map((hit) => hit.message.text));
      cursor = page.next;
    }
    expect(seen).toEqual(["apple elsewhere", "apple 5", "apple 4", "apple 3", "apple 2", "apple 1", "apple 0"]);
    await expect(alice.call("search", { query: "apple", cursor: "nonsense" })).rejects.toMatchObject({ code: "bad-request" });
    expect(await found(alice, "")).toHaveLength(7);
    for (const odd of ['"', "* NEAR(", "a:b AND -", "\u0000", "'"]) expect(await found(alice, odd)).toEqual([]);
  });

  it("finds by itself what arrives, also after a restart in between, and forgets with the workspace", async () => {
    const { world, people, space } = await team(1303, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await alice.sayAll(space, Array.from({ length: 300 }, (_, i) => `pebble ${i}`));
    await world.agree(space, people);
    await bob.stop();
    await bob.start();
    await world.clock.advance(5_000);
    expect((await bob.call("search", { query: "pebble" })).total).toBe(300);
    await bob.call("space.forget", { space: space.id });
    expect((await bob.call("search", { query: "pebble" })).total).toBe(0);
  });
});
