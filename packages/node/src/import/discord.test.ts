import { describe, expect, test } from "vitest";
import { readDiscord } from "./discord.ts";
import { readAll } from "./testing/read-all.ts";

const alice = { id: "1", name: "alice", nickname: "Alice" };
const bob = { id: "2", name: "bob" };

function discordExport(messages: unknown[]): string {
  return JSON.stringify(
    {
      guild: { id: "9", name: "Team" },
      channel: { id: "8", type: "GuildTextChat", name: "garden" },
      messages,
      messageCount: messages.length,
    },
    null,
    2,
  );
}

describe("a Discord export", () => {
  const file = discordExport([
    {
      id: "100",
      type: "Default",
      timestamp: "2026-01-01T10:00:00.123+01:00",
      content: "Hi <@2> <:wave:123> ||secret||",
      author: alice,
      mentions: [bob],
      attachments: [{ fileName: "cat.png" }],
      reactions: [
        { emoji: { name: "🎉" }, count: 2 },
        { emoji: { name: "wave" }, count: 1, users: [bob] },
      ],
    },
    {
      id: "101",
      type: "GuildMemberJoin",
      timestamp: "2026-01-01T10:00:01+00:00",
      content: "",
      author: bob,
    },
    {
      id: "102",
      type: "Reply",
      timestamp: "2026-01-01T10:00:02+00:00",
      timestampEdited: "2026-01-01T11:00:00+00:00",
      content: `<@everyone> <@${"b".repeat(64)}>`,
      author: bob,
      reference: { messageId: "100" },
    },
    {
      id: "103",
      type: "ChannelPinnedMessage",
      timestamp: "2026-01-01T10:00:03+00:00",
      content: "Pinned a message.",
      author: bob,
    },
  ]);

  test("comes to messages with answers, reactions and names", async () => {
    const { messages, problems, skipped } = await readAll(readDiscord, "garden.json", file);
    expect(problems).toEqual([]);
    expect(messages).toMatchObject([
      {
        channel: "garden",
        author: "Alice",
        at: Date.UTC(2026, 0, 1, 9, 0, 0, 123),
        text: "Hi @bob :wave: ||secret||",
        files: ["cat.png"],
        reactions: [
          { emoji: "🎉", people: ["2"] },
          { emoji: ":wave:", people: ["bob"] },
        ],
      },
      { author: "bob", reply: "100", edited: true, text: `&lt;@everyone> &lt;@${"b".repeat(64)}>` },
    ]);
    expect(skipped).toEqual({ "joins and leaves": 1, '"ChannelPinnedMessage" messages': 1 });
  });

  test("is the same however it is cut into pieces, and in a folder", async () => {
    const whole = await readAll(readDiscord, "garden.json", file, 1 << 20);
    for (const piece of [1, 2, 3, 64])
      expect(await readAll(readDiscord, "garden.json", file, piece)).toEqual(whole);
    expect(
      await readAll(readDiscord, "all", { "garden.json": file, "garden.json_Files/cat.png": "" }),
    ).toEqual(whole);
  });

  test.each([
    ["of another program", '{"a":[1,2]}', 1, "names no channel"],
    [
      "with a time that is none",
      '{"channel":{"name":"g"},"messages":[\n{"id":"1","timestamp":"2026-02-30T00:00:00Z","content":"a"}]}',
      2,
      "no time",
    ],
    [
      "broken in the middle",
      '{"channel":{"name":"g"},\n"messages":[{"id":"1","content":"a\n"}]}',
      2,
      "not valid JSON",
    ],
    ["cut short", '{"channel":{"name":"g"},"messages":[', 1, "ends too early"],
    ["that is empty", "", 1, "ends too early"],
  ])("%s is a problem with its line", async (_what, content, line, reason) => {
    const { problems, messages } = await readAll(readDiscord, "garden.json", content);
    expect(messages).toEqual([]);
    expect(problems[0]).toMatchObject({
      file: "garden.json",
      line,
      reason: expect.stringContaining(reason) as string,
    });
  });

  test("in parts is read in their order, and holds what programs said and what was passed on", async () => {
    const at = (minute: number) => `2026-01-01T10:0${minute}:00+00:00`;
    const bot = { id: "3", name: "builder", isBot: true };
    const embed = {
      title: "Build 7",
      description: "failed",
      fields: [{ name: "In", value: "main" }],
    };
    const part = (...messages: unknown[]) => discordExport(messages);
    const { messages, problems } = await readAll(readDiscord, "all", {
      "Team - garden [8].json": part({ id: "1", timestamp: at(0), content: "first", author: bob }),
      "Team - garden [8] [part 2].json": part(
        { id: "2", type: "20", timestamp: at(1), content: "done:", author: bot, embeds: [embed] },
        {
          id: "3",
          timestamp: at(2),
          content: "https://example.org",
          author: bob,
          embeds: [{ title: "A page of somebody" }],
        },
      ),
      "Team - garden [8] [part 10].json": part({
        id: "4",
        timestamp: at(3),
        content: "",
        author: bob,
        reference: { type: "Forward", messageId: "1" },
        forwardedMessage: {
          content: "first\nand last",
          attachments: [{ fileName: "cat.png" }],
          stickers: [{ name: "Wave" }],
        },
      }),
    });
    expect(problems).toEqual([]);
    expect(messages.map(({ text, files, reply }) => [text, files, reply])).toEqual([
      ["first", [], undefined],
      ["done:\n\nBuild 7\nfailed\nIn: main", [], undefined],
      ["https://example.org", [], undefined],
      ["> first\n> and last\n> (Wave)", ["cat.png"], undefined],
    ]);
  });
});
