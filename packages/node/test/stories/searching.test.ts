/** Finding messages (spec/local-api.md, `search`), as they are now and for those who hold them. */
import type { FileDraft, Message, SearchQuery, Space } from "@multichat/client/contract";
import type { AccountId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { idOf, team } from "./people.ts";
import type { Person } from "./world.ts";

const found = async (who: Person, query: string, more: Omit<SearchQuery, "query"> = {}): Promise<string[]> =>
  (await who.call("search", { query, ...more })).hits.map(({ message }) => message.text);

/** Sends files of these names, or with a shape of their own. */
async function attach(who: Person, space: Space, files: (string | Partial<FileDraft>)[], more: { text?: string; expiresIn?: number; once?: boolean } = {}): Promise<Message> {
  const drafts: FileDraft[] = [];
  for (const file of files) {
    const writer = await who.blobs.create();
    await writer.write(new TextEncoder().encode(JSON.stringify(file)));
    drafts.push({ blob: (await writer.finish())!.blob, name: "unnamed", type: "text/plain", ...(typeof file === "string" ? { name: file } : file) });
  }
  const { channels } = await who.call("channel.list", { space: space.id });
  return (await who.call("message.send", { channel: channels[0]!.id, text: "", files: drafts, ...more })).message;
}

const total = async (who: Person, query: string): Promise<number> => (await who.call("search", { query })).total;

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

  it("finds a topic by its title as it is now", async () => {
    const { people: [alice], space } = await team(1308, "Alice");
    const { channel } = await alice!.call("channel.create", { space: space.id, name: "questions", type: "forum" });
    const { message } = await alice!.call("message.send", { channel: channel.id, title: "the harbour", text: "where is it" });
    expect(await total(alice!, "harbour")).toBe(1);
    await alice!.call("message.edit", { message: message.id, title: "the station", text: "where is it" });
    expect([await total(alice!, "harbour"), await total(alice!, "station")]).toEqual([0, 1]);
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

  it("finds files by their names and by what they show, with the place marked", async () => {
    const { world, people, space } = await team(1304, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await attach(alice, space, ["quarterly_report-2.pdf", "notes.txt"]);
    const said = await attach(alice, space, [{ name: "IMG_7.jpg", type: "image/jpeg", shape: { alt: "The harbour at dusk" } }], { text: "what a report says" });
    await world.agree(space, people);
    const hits = async (query: string) => (await bob.call("search", { query })).hits.map(({ snippet, ranges, files }) => ({ snippet, ranges, files }));
    expect(await hits("report")).toEqual([
      { snippet: "what a report says", ranges: [[7, 13]], files: [] },
      { snippet: "", ranges: [], files: [{ name: "quarterly_report-2.pdf", ranges: [[10, 16]], alt: null }, { name: "notes.txt", ranges: [], alt: null }] },
    ]);
    expect(await hits("img says")).toEqual([{ snippet: "what a report says", ranges: [[14, 18]], files: [{ name: "IMG_7.jpg", ranges: [[0, 3]], alt: null }] }]);
    expect(await hits("harb")).toEqual([{ snippet: "what a report says", ranges: [], files: [{ name: "IMG_7.jpg", ranges: [], alt: { snippet: "The harbour at dusk", ranges: [[4, 11]] } }] }]);
    // Its words are others then, its files stay.
    await alice.call("message.edit", { message: said.id, text: "what a letter says" });
    await world.agree(space, people);
    expect([await total(bob, "report"), await total(bob, "harbour"), await total(bob, "letter img")]).toEqual([1, 1, 1]);
  });

  it("finds the names of files no longer than the files: deleted and expired ones not at all", async () => {
    const { world, people, space } = await team(1305, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const deleted = await attach(alice, space, [{ name: "plan-a.txt", shape: { alt: "alpha" } }]);
    await attach(alice, space, [{ name: "plan-b.txt", shape: { alt: "beta" } }], { expiresIn: 60_000 });
    await world.agree(space, people);
    for (const who of people) expect(await total(who, "plan")).toBe(2);
    await alice.call("message.delete", { message: deleted.id });
    await world.agree(space, people);
    for (const who of people) expect([await total(who, "plan"), await total(who, "alpha"), await total(who, "beta")]).toEqual([1, 0, 1]);
    await bob.stop();
    await world.clock.advance(60_000);
    await bob.start();
    for (const who of people) expect([await total(who, "plan"), await total(who, "beta")]).toEqual([0, 0]);
  });

  it("finds what is looked at once by its name only for its author", async () => {
    const { world, people, space } = await team(1306, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const message = await attach(alice, space, [{ name: "key.jpg", shape: { alt: "under the mat" } }], { text: "look", once: true });
    await world.agree(space, people);
    for (const looked of [false, true]) {
      if (looked) await bob.call("file.looked", { message: message.id });
      expect([await total(alice, "key"), await total(alice, "mat")]).toEqual([1, 1]);
      expect([await total(bob, "key"), await total(bob, "mat")]).toEqual([0, 0]);
      expect((await bob.call("search", { query: "look" })).hits[0]!.files).toEqual([]);
    }
  });

  it("finds emoji and ß in what was found by less before, a slice at a time", async () => {
    const { world, people, space } = await team(1307, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await attach(alice, space, ["straße.txt"], { text: "a 🎉 in the street" });
    await alice.sayAll(space, Array.from({ length: 250 }, (_, i) => `pebble ${i}`));
    await world.agree(space, people);
    await world.clock.advance(5_000);
    const indexed = async () => [await total(bob, "strasse"), await total(bob, "🎉"), await total(bob, "street"), await total(bob, "pebble")];
    expect(await indexed()).toEqual([1, 1, 1, 250]);
    await bob.stop();
    const [event] = bob.store.search({ query: "street" }, null, 1, false).events;
    const { channel } = bob.store.event(event!)!;
    const time = bob.store.timelineEntry(event!)!.time;
    const author = (await idOf(alice, space, "Alice")) as AccountId;
    bob.store.transaction(() => {
      bob.store.putSearch([{ event: event!, channel, author, time, text: "a in the street", hasFile: true }]);
      bob.store.putSetting("search/again/2", null);
    });
    await bob.start();
    expect(await indexed()).toEqual([0, 0, 1, 250]);
    await world.until("all was looked at again", () => bob.store.setting("search/again/2") === "done");
    expect(await indexed()).toEqual([1, 1, 1, 250]);
  });
});
