/** Messages from elsewhere, brought into a workspace (spec/export.md, Import; spec/12-content.md). */
import type { Commands, Import, Message, Space } from "@multichat/client/contract";
import { encodeContent } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { team } from "./people.ts";
import { rawMember } from "./raw-device.ts";
import type { Person, World } from "./world.ts";

/** Before the stories begin. */
const newYear = Date.UTC(2001, 0, 1, 10);
const stamp = (seconds: number): string => `${newYear / 1000 + seconds}.000000`;
const plainLine = (seconds: number, nick: string, text: string): string => `${new Date(newYear + seconds * 1000).toISOString()} <${nick}> ${text}`;

const slack = {
  "users.json": JSON.stringify([{ id: "U1", name: "ann" }, { id: "U2", name: "ben" }]),
  "channels.json": JSON.stringify([{ id: "C1", name: "general" }, { id: "C2", name: "garden" }]),
  "general/2001-01-01.json": JSON.stringify([
    { type: "message", user: "U1", ts: stamp(0), text: "who comes?", reactions: [{ name: "tada", users: ["U2"] }] },
    { type: "message", user: "U2", ts: stamp(10), thread_ts: stamp(0), text: "I do" },
    { type: "message", user: "U1", ts: stamp(20), text: "good" },
    { type: "message", user: "U2", ts: stamp(30), thread_ts: stamp(-999), text: "what was that?" },
    { type: "message", subtype: "channel_join", user: "U2", ts: stamp(40), text: "joined" },
  ]),
  "garden/2001-01-02.json": JSON.stringify([{ type: "message", user: "U2", ts: stamp(86_400), text: "roses" }]),
};

async function imported(world: World, who: Person, params: Commands["import.start"][0]): Promise<Import> {
  await who.call("import.start", params);
  const get = async (): Promise<Import> => (await who.call("import.get", {})).import!;
  await world.until("the import ends", async () => ["done", "cancelled", "failed"].includes((await get()).step));
  return get();
}

async function channelNamed(who: Person, space: Space, name: string): Promise<string> {
  return (await who.call("channel.list", { space: space.id })).channels.find((channel) => channel.name === name)!.id;
}

const seen = ({ text, time, imported: from, author }: Message): unknown[] => [text, time - newYear, from?.author, from?.source, author.name];

describe("imports", { timeout: 60_000 }, () => {
  it("Slack's messages stand where they were written, for all, under their authors' names, and are no news", async () => {
    const { world, people, space } = await team(1301, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await alice.say(space, "we are new here");
    await world.agree(space, people);
    const before = (await bob.call("channel.list", { space: space.id })).channels[0]!.unread;
    world.exports.put("/slack", slack);
    const done = await imported(world, alice, { format: "slack", path: "/slack", space: space.id });
    expect(done).toMatchObject({ step: "done", messages: 5, of: 5, error: null, summary: { messages: 5, already: 0, authors: 2, replies: 1, orphans: 1, reactions: 1, skipped: [{ what: "joins and leaves", count: 1 }] } });
    expect(done.summary.channels.map(({ name, made, messages }) => [name, made, messages])).toEqual([["garden", true, 1], ["general", false, 4]]);
    await world.agree(space, people);
    for (const one of people) {
      const messages = await one.messages(space);
      expect(messages.slice(0, 3).map(seen)).toEqual([
        ["who comes?\n\n*Reactions: :tada: ben*", 0, "ann", "slack", "Alice"],
        ["good", 20_000, "ann", "slack", "Alice"],
        ["what was that?", 30_000, "ben", "slack", "Alice"],
      ]);
      expect(messages.slice(3).map(({ text, imported: from, wrongClock }) => [text, from, wrongClock])).toEqual([["we are new here", null, false]]);
      expect(messages[0]).toMatchObject({ wrongClock: false, late: false, replies: { replies: 1, unread: 0, lastAt: newYear + 10_000 } });
      const thread = await one.call("message.list", { channel: await channelNamed(one, space, "general"), thread: messages[0]!.id });
      expect(thread.messages.map(seen)).toEqual([["I do", 10_000, "ben", "slack", "Alice"]]);
      expect((await one.messages(space, "garden")).map(seen)).toEqual([["roses", 86_400_000, "ben", "slack", "Alice"]]);
    }
    const { channels } = await bob.call("channel.list", { space: space.id });
    expect(channels.map(({ unread, threadsUnread, mentions }) => [unread, threadsUnread, mentions])).toEqual([[before, 0, 0], [0, 0, 0]]);
    expect(alice.pushes.filter(({ push }) => push === "import").at(-1)).toMatchObject({ data: { step: "done" } });
    const reply = (await alice.call("message.list", { channel: channels[0]!.id, thread: (await alice.messages(space))[0]!.id })).messages[0]!;
    await expect(bob.call("message.send", { channel: channels[0]!.id, text: "deeper", thread: reply.id })).rejects.toMatchObject({ code: "bad-request" });
  });

  it("nothing comes twice, whoever imports it; an import that was interrupted is resumed; what was deleted stays so", async () => {
    const { world, people, space } = await team(1302, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await alice.call("member.role", { space: space.id, account: (await bob.call("account.get", {})).account!.id, role: (await alice.call("role.list", { space: space.id })).roles.find(({ name }) => name === "Admin")!.id, on: true });
    const channel = await channelNamed(alice, space, "general");
    // Many in one minute, some of them the same.
    const lines = Array.from({ length: 450 }, (_, i) => plainLine(0, "ann", `line ${i % 400}`));
    world.exports.put("/log", lines.join("\n"));
    await alice.call("import.start", { format: "irc", path: "/log", space: space.id, channel });
    await world.until("some are here", async () => ((await alice.call("import.get", {})).import?.summary.messages ?? 0) >= 100);
    await alice.kill();
    await alice.start();
    const part = (await alice.history(space)).length;
    expect(part).toBeGreaterThanOrEqual(100);
    expect(part).toBeLessThan(450);
    expect(await imported(world, alice, { format: "irc", path: "/log", space: space.id, channel })).toMatchObject({ step: "done", summary: { messages: 450 - part, already: part } });
    await world.agree(space, people);
    const expected = lines.map((_, i) => `line ${i % 400}`);
    expect((await bob.history(space)).map(({ text }) => text)).toEqual(expected);
    const [first] = await bob.history(space);
    await alice.call("message.delete", { message: first!.id });
    await world.agree(space, people);
    world.exports.put("/log", [...lines, plainLine(60, "ben", "and one more")].join("\n"));
    expect(await imported(world, bob, { format: "irc", path: "/log", space: space.id, channel })).toMatchObject({ step: "done", summary: { messages: 1, already: 450 } });
    expect((await bob.history(space)).filter(({ deleted }) => deleted === null).map(({ text }) => text)).toEqual([...expected.slice(1), "and one more"]);
  });

  it("one that was cancelled leaves what is here, and goes on when it is started again", async () => {
    const { world, people, space } = await team(1308, "Alice");
    const [alice] = people as [Person];
    const channel = await channelNamed(alice, space, "general");
    world.exports.put("/log", Array.from({ length: 450 }, (_, i) => plainLine(i, "ann", `line ${i}`)).join("\n"));
    const params = { format: "irc", path: "/log", space: space.id, channel } as const;
    await alice.call("import.start", params);
    await world.until("some are here", async () => ((await alice.call("import.get", {})).import?.summary.messages ?? 0) >= 100);
    await alice.call("import.cancel", {});
    await world.until("it ends", async () => (await alice.call("import.get", {})).import?.step === "cancelled");
    const part = (await alice.history(space)).length;
    expect(part).toBeGreaterThanOrEqual(100);
    expect(part).toBeLessThan(450);
    expect((await alice.call("import.get", {})).import).toMatchObject({ detail: `Cancelled. ${part} messages are here; start it again for the others.`, error: null });
    expect(await imported(world, alice, params)).toMatchObject({ step: "done", summary: { messages: 450 - part, already: part } });
  });

  it("an export that is not what it should be is refused as a whole, with line and reason", async () => {
    const { world, people, space } = await team(1303, "Alice");
    const [alice] = people as [Person];
    world.exports.put("/slack", { ...slack, "garden/2001-01-02.json": `[\n{"type":"message","user":"U1","ts":"${stamp(1)}","text":"roses"},\n{"type":` });
    const channel = await channelNamed(alice, space, "general");
    const failed = await imported(world, alice, { format: "slack", path: "/slack", space: space.id });
    expect(failed).toMatchObject({ step: "failed", error: "file-damaged", problems: [{ file: "garden/2001-01-02.json", line: 3 }] });
    expect(failed.detail).toMatch(/^Nothing was imported. garden\/2001-01-02.json, line 3: /);
    expect((await alice.call("channel.list", { space: space.id })).channels.map(({ name }) => name)).toEqual(["general"]);
    world.exports.put("/log", `${plainLine(0, "ann", "hi")}\n2999-01-01T10:00:00Z <ben> later\n`);
    expect(await imported(world, alice, { format: "irc", path: "/log", space: space.id, channel })).toMatchObject({ step: "failed", problems: [{ line: 2, reason: "it was written in the future" }] });
    world.exports.put("/log", "1970-01-01T00:00:00+01:00 <ann> before there was time\n");
    expect(await imported(world, alice, { format: "irc", path: "/log", space: space.id, channel })).toMatchObject({ step: "failed", problems: [{ line: 1, reason: "it was written before 1970" }] });
    expect(await imported(world, alice, { format: "irc", path: "/none", space: space.id, channel })).toMatchObject({ step: "failed", error: "file-unreadable" });
    expect(await alice.read(space)).toEqual([]);
  });

  it("a channel whose name is several words is found again, or made of that name", async () => {
    const { world, people, space } = await team(1310, "Alice");
    const [alice] = people as [Person];
    const { channel } = await alice.call("channel.create", { space: space.id, name: "two words" });
    const { message: there } = await alice.call("message.send", { channel: channel.id, text: "still here" });
    const line = { id: there.id, author: { id: "a", name: "Ann" }, time: newYear, text: "still here" };
    world.exports.put("/export", { "space.json": "{}", "two.jsonl": [{ channel: "two words" }, line].map((one) => JSON.stringify(one)).join("\n"), "family.jsonl": [{ channel: "\u202e👨‍👩‍👧  home" }, { ...line, id: "1" }].map((one) => JSON.stringify(one)).join("\n") });
    const { summary } = await imported(world, alice, { format: "export", path: "/export", space: space.id });
    expect(summary).toMatchObject({ messages: 1, already: 1 });
    expect(summary.channels.map(({ name, made }) => [name, made])).toEqual([["👨‍👩‍👧 home", true], ["two words", false]]);
    world.exports.put("/two parts.log", plainLine(0, "ann", "apart"));
    await imported(world, alice, { format: "irc", path: "/two parts.log", space: space.id });
    expect((await alice.call("channel.list", { space: space.id })).channels.map(({ name }) => name).sort()).toEqual(["general", "two words", "two-parts", "👨‍👩‍👧 home"]);
  });

  it("one in which there is nothing says so, and what was expected; one of service lines only is none of those", async () => {
    const { world, people, space } = await team(1309, "Alice");
    const [alice] = people as [Person];
    const empty = [
      ["irc", "", "A log has lines"],
      ["irc", "--- Log opened Mon Jan 01 10:00:00 2001\n", "A log has lines"],
      ["mbox", "\n\n", "A mailbox has mails"],
      ["slack", { "users.json": "[]", "channels.json": "[]", "garden/2001-01-02.json": "[]" }, "a Slack export has a folder"],
      ["discord", JSON.stringify({ channel: { name: "garden" }, messages: [] }), "DiscordChatExporter"],
      ["export", { "Team/space.json": "{}", "Team/general.jsonl": JSON.stringify({ channel: "general" }) }, "NAME.jsonl"],
    ] as const;
    for (const [format, files, expected] of empty) {
      world.exports.put("/nothing", files);
      const failed = await imported(world, alice, { format, path: "/nothing", space: space.id });
      expect(failed).toMatchObject({ step: "failed", error: "file-damaged", problems: [], detail: expect.stringMatching(/^Nothing was imported: there is nothing in /) });
      expect(failed.detail).toContain(expected);
    }
    world.exports.put("/log", "2001-01-01T10:00:00Z *** bob joined");
    expect(await imported(world, alice, { format: "irc", path: "/log", space: space.id })).toMatchObject({ step: "done", summary: { messages: 0, skipped: [{ count: 1 }] } });
  });

  it("who may not manage integrations imports nothing, by hand neither", async () => {
    const { world, people, space } = await team(1304, "Alice", "Bob", "Mallory");
    const [alice, bob, mallory] = people as [Person, Person, Person];
    world.exports.put("/slack", slack);
    await expect(bob.call("import.start", { format: "slack", path: "/slack", space: space.id })).rejects.toMatchObject({ code: "not-allowed" });
    const raw = await rawMember(world, bob, mallory, space.id);
    await raw.enter();
    await raw.sendEvents(raw.event(encodeContent("imported", { text: "Alice owes Mallory money", author: "Alice", source: "slack" }), { kind: "imported", ext: new Map([["at", newYear]]) }));
    await raw.sendEvents(raw.message("and a message"));
    await world.until("Bob has both", async () => (await bob.read(space)).includes("and a message"));
    expect(await bob.read(space)).toEqual(["and a message"]);
    expect(alice.logs.filter(({ event }) => event === "import.failed")).toEqual([]);
  });

  it("answers find what they answer, and are counted where it is missing", async () => {
    const { world, people, space } = await team(1309, "Alice");
    const [alice] = people as [Person];
    const said = (id: string, minute: number, messageId?: string) => ({ id, timestamp: new Date(newYear + minute * 60_000).toISOString(), content: `number ${id}`, author: { name: "ann" }, ...(messageId !== undefined && { type: "Reply", reference: { messageId } }) });
    world.exports.put("/garden.json", JSON.stringify({ channel: { name: "general" }, messages: [said("1", 0), said("2", 1, "1"), said("3", 2, "999")] }));
    const done = await imported(world, alice, { format: "discord", path: "/garden.json", space: space.id });
    expect(done).toMatchObject({ step: "done", summary: { messages: 3, orphans: 0, unlinked: 1 } });
    expect((await alice.messages(space)).map(({ reply }) => reply?.text)).toEqual([undefined, "number 1", undefined]);
  });

  it("answers and threads are found where the newest comes first, over many transactions too", async () => {
    const { world, people, space } = await team(1309, "Alice");
    const [alice] = people as [Person];
    const count = 350;
    const answers = new Map([[349, 0], [348, 349], [200, 190], [120, 121], [1, 0]]);
    const said = Array.from({ length: count }, (_, i) => {
      const answered = answers.get(i);
      return { id: `m${i}`, timestamp: new Date(newYear + i * 1000).toISOString(), content: `number ${i}`, author: { name: "ann" }, ...(answered !== undefined && { type: "Reply", reference: { messageId: `m${answered}` } }) };
    });
    world.exports.put("/garden.json", JSON.stringify({ channel: { name: "general" }, messages: said.toReversed() }));
    expect(await imported(world, alice, { format: "discord", path: "/garden.json", space: space.id })).toMatchObject({ step: "done", summary: { messages: count, unlinked: 0 } });
    const messages = await alice.history(space);
    expect(messages.map(({ text }) => text)).toEqual(said.map(({ content }) => content));
    expect(new Map(messages.flatMap(({ reply }, i) => (reply === null ? [] : [[i, Number(reply.text?.slice(7))] as const])))).toEqual(answers);

    const mail = (i: number): string => `From ann Mon Jan  1 10:00:00 2001\nFrom: Ann <ann@example.org>\nDate: ${new Date(newYear + i * 1000).toUTCString()}\nMessage-ID: <${i}@x>\n${i % 150 === 0 ? "" : `In-Reply-To: <${i - 1}@x>\n`}\nmail ${i}\n\n`;
    world.exports.put("/lists.mbox", Array.from({ length: 300 }, (_, i) => mail(299 - i)).join(""));
    expect(await imported(world, alice, { format: "mbox", path: "/lists.mbox", space: space.id })).toMatchObject({ step: "done", summary: { messages: 300, replies: 298, orphans: 0 } });
    expect((await alice.messages(space, "lists")).map(({ text, replies }) => [text, replies?.replies])).toEqual([["mail 0", 149], ["mail 150", 149]]);
    expect(await imported(world, alice, { format: "mbox", path: "/lists.mbox", space: space.id })).toMatchObject({ step: "done", summary: { messages: 0, already: 300 } });
  });

  it("a long message becomes several in their order, and names keep no tricks", async () => {
    const { world, people, space } = await team(1305, "Alice");
    const [alice] = people as [Person];
    const channel = await channelNamed(alice, space, "general");
    world.exports.put("/log", `${plainLine(0, "an\u202e\u200bn", `${"é".repeat(70_000)}end`)}\n${plainLine(0, "\u200b", "next")}\n`);
    expect(await imported(world, alice, { format: "irc", path: "/log", space: space.id, channel })).toMatchObject({ step: "done", messages: 2, summary: { messages: 4, split: 1 } });
    const messages = await alice.messages(space);
    expect(messages.map(({ imported: from }) => from!.author)).toEqual(["ann", "ann", "ann", "Unknown"]);
    expect(messages.slice(0, 3).map(({ text }) => text).join("")).toBe(`${"é".repeat(70_000)}end`);
  });

  it("one's own export comes back with its files, which are given to others; what never left does not come again", async () => {
    const { world, people, space } = await team(1306, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const there = await alice.say(space, "still here");
    await world.agree(space, people);
    await world.clock.advance(1000);
    const author = { id: "a", name: "Ann" };
    const lines = [
      { channel: "general" },
      { id: there.id, author, time: there.time, text: "still here" },
      { id: "1", author, time: newYear, text: "", files: [{ name: "../plan.txt", type: "text/plain", size: 5, alt: "Where the roses go", file: "files/plan.txt" }] },
      { id: "2", author, time: newYear + 1000, text: "and a picture", reply: "1", files: [{ name: "cat.png", type: "image/png", size: 9, file: null }] },
      { id: "3", author, time: newYear + 2000, text: "", deleted: true },
      { id: "4", author, time: newYear + 3000, text: "", files: [{ name: "hosts", type: "text/plain", size: 9, file: "../../etc/hosts" }] },
    ];
    world.exports.put("/export", { "README.txt": "", "Team/space.json": "{}", "Team/general.jsonl": lines.map((line) => JSON.stringify(line)).join("\n"), "Team/files/plan.txt": "roses" });
    expect(await imported(world, alice, { format: "export", path: "/export", space: space.id })).toMatchObject({ step: "done", summary: { messages: 3, already: 1, files: 2, skipped: [{ what: "deleted messages", count: 1 }] } });
    await world.agree(space, people);
    const [plan, picture, hosts] = await bob.messages(space);
    expect(plan).toMatchObject({ text: "", time: newYear, imported: { author: "Ann", source: "multichat" }, files: [{ name: ".._plan.txt", type: "text/plain", size: 5, shape: { alt: "Where the roses go" } }] });
    expect(picture).toMatchObject({ text: "and a picture\n\n*Files, not imported: cat.png*", reply: { id: plan!.id, imported: plan!.imported!.author }, files: [] });
    expect(hosts).toMatchObject({ text: "*Files, not imported: hosts*", files: [] });
    await world.until("Bob has the file", async () => (await bob.messages(space))[0]!.files[0]!.state.step === "here");
    expect(await imported(world, alice, { format: "export", path: "/export", space: space.id })).toMatchObject({ summary: { messages: 0, already: 4 } });
  });
});
