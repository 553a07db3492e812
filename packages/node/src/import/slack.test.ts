import { describe, expect, test } from "vitest";
import { mrkdwnToMarkdown } from "./mrkdwn.ts";
import { readSlack } from "./slack.ts";
import { readAll } from "./testing/read-all.ts";

const users = [
  { id: "U1", name: "alice", profile: { display_name: "Alice", real_name: "Alice A." } },
  { id: "U2", name: "bob", profile: { display_name: "", real_name: "Bob B." } },
];
const channels = [{ id: "C1", name: "garden" }];

function slackExport(days: Record<string, unknown>): Record<string, string> {
  const files = Object.entries(days).map(([name, content]) => [
    `garden/${name}.json`,
    typeof content === "string" ? content : JSON.stringify(content, null, 1),
  ]);
  return {
    "users.json": JSON.stringify(users),
    "channels.json": JSON.stringify(channels),
    ...Object.fromEntries(files),
  };
}

describe("a Slack export", () => {
  test("comes to messages with names, threads, reactions and the names of files; who came and went is left out", async () => {
    const { messages, problems, skipped } = await readAll(readSlack, "team", {
      ...slackExport({
        "2026-01-01": [
          {
            type: "message",
            user: "U1",
            ts: "1767261600.000100",
            text: "Hello <@U2>, see <https://example.org/a_b|the *plan*>",
            reactions: [{ name: "+1", users: ["U2"], count: 1 }],
            files: [{ name: "plan.pdf" }],
          },
          {
            type: "message",
            subtype: "channel_join",
            user: "U2",
            ts: "1767261601.000000",
            text: "<@U2> has joined",
          },
          {
            type: "message",
            user: "U2",
            ts: "1767261602.5",
            thread_ts: "1767261600.000100",
            text: "fine",
            edited: { user: "U2", ts: "1767261700.000000" },
          },
          {
            type: "message",
            subtype: "bot_message",
            username: "Weather",
            ts: "1767261603.000000",
            text: "",
            attachments: [{ title: "Today", text: "rain" }],
          },
          {
            type: "message",
            subtype: "channel_topic",
            user: "U1",
            ts: "1767261604.000000",
            text: "set the topic",
          },
        ],
      }),
      "D0SECRET/2026-01-01.json": "[]",
    });
    expect(problems).toEqual([]);
    expect(messages).toMatchObject([
      {
        channel: "garden",
        author: "Alice",
        at: 1767261600000,
        key: "garden/1767261600.000100",
        text: "Hello @Bob B., see [the \\*plan\\*](<https://example.org/a_b>)",
        reactions: [{ emoji: ":+1:", people: ["Bob B."] }],
        files: ["plan.pdf"],
      },
      {
        author: "Bob B.",
        at: 1767261602500,
        thread: "garden/1767261600.000100",
        edited: true,
        text: "fine",
      },
      { author: "Weather", text: "Today\nrain" },
    ]);
    expect(skipped).toEqual({
      "joins and leaves": 1,
      '"channel_topic" messages': 1,
      "folders of no channel": 1,
    });
  });

  test("keeps what programs say beside their text, and not what a link leads to", async () => {
    const said = { type: "message", ts: "1767261600.000100" };
    const { messages } = await readAll(
      readSlack,
      "team",
      slackExport({
        "2026-01-01": [
          {
            ...said,
            subtype: "bot_message",
            username: "Builder",
            text: "Build *7*",
            attachments: [
              { pretext: "on main", title: "failed", fields: [{ title: "After", value: "2 min" }] },
            ],
          },
          { ...said, subtype: "slackbot_response", user: "USLACKBOT", text: "It is *Tuesday*" },
          {
            ...said,
            user: "U1",
            text: "<https://example.org>",
            attachments: [
              { from_url: "https://example.org", title: "A page", text: "of somebody" },
            ],
          },
        ],
      }),
    );
    expect(messages.map(({ author, text }) => [author, text])).toEqual([
      ["Builder", "Build **7**\n\non main\nfailed\nAfter: 2 min"],
      ["Slackbot", "It is **Tuesday**"],
      ["Alice", "https://example.org"],
    ]);
  });

  test.each([
    [
      "broken in the middle",
      '[\n{"type":"message","user":"U1","ts":"1.0","text":"a"},\n{"type":"message","user":]\n',
      3,
      "not valid JSON",
    ],
    [
      "cut short",
      '[\n{"type":"message","user":"U1","ts":"1.0","text":"a"},\n{"type":"mess',
      3,
      "ends within",
    ],
    ["no list", '{"a":1}', 1, "a list was expected"],
    ["with something after its end", "[]\n{}", 2, "after the end"],
    [
      "with a time that is none",
      '[{"type":"message","user":"U1","ts":"yesterday","text":"a"}]',
      1,
      '"ts" is no time',
    ],
    [
      "without commas",
      '[\n{"type":"message","user":"U1","ts":"1.0","text":"a"}\n{"type":"message"}]',
      3,
      "comma",
    ],
    ["full of text only", '["hello"]', 1, "no message"],
  ])("%s is a problem with its line", async (_what, content, line, reason) => {
    const { problems } = await readAll(readSlack, "team", slackExport({ "2026-01-01": content }));
    expect(problems).toMatchObject([
      { file: "garden/2026-01-01.json", line, reason: expect.stringContaining(reason) as string },
    ]);
  });

  test("without its lists is none, and a file is no folder", async () => {
    await expect(readAll(readSlack, "team", { "users.json": "[]" })).rejects.toThrow(
      "no channels.json",
    );
    await expect(readAll(readSlack, "team.zip", "PK")).rejects.toThrow("Unpack");
  });

  test("one message that is too large is refused before it is held", async () => {
    const { problems } = await readAll(
      readSlack,
      "team",
      slackExport({ "2026-01-01": `[\n{"text":"${"x".repeat(4 * 1024 * 1024)}"}]` }),
      65_536,
    );
    expect(problems).toMatchObject([
      { line: 2, reason: expect.stringContaining("4 MiB") as string },
    ]);
  });
});

describe("mrkdwn", () => {
  const names = { user: (id: string) => (id === "U1" ? "Ali*ce" : id), channel: () => "garden" };
  test.each([
    ["*bold*, _it_ and ~gone~", "**bold**, *it* and ~~gone~~"],
    ["2*3*4 snake_case_name", "2\\*3\\*4 snake_case_name"],
    ["`*code*` and ```a &lt; b```", "`*code*` and \n```\na < b\n```\n"],
    ["<@U1> <@U9|Zoe> <#C1|> <!here> <!subteam^S1|@crew>", "@Ali\\*ce @Zoe #garden @here @crew"],
    ["<javascript:alert(1)|click>", "click"],
    ["# no heading\n1. no list", "\\# no heading\n1\\. no list"],
    ["a &lt;script&gt; &amp;lt;", "a \\<script> &amp;lt;"],
    [`<@everyone> <@${"a".repeat(64)}>`, `@everyone @${"a".repeat(64)}`],
    ["*see <https://example.org|this>*", "**see [this](<https://example.org>)**"],
  ])("%j is %j", (text, markdown) => {
    expect(mrkdwnToMarkdown(text, names)).toBe(markdown);
  });
});
