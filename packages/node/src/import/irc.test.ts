import { describe, expect, test } from "vitest";
import { readIrc } from "./irc.ts";
import { readAll } from "./testing/read-all.ts";

const local = (...at: [number, number, number, number, number, number]): number =>
  new Date(at[0], at[1] - 1, ...(at.slice(2) as [number, number, number, number])).getTime();
const brief = (log: string, name = "libera.#garden.log") => readAll(readIrc, name, log);

describe("an IRC log", () => {
  test("of plain lines", async () => {
    const { messages, problems, skipped } = await brief(
      [
        "2026-01-01T10:00:00Z <alice> hello *bob*",
        "[2026-01-01T12:00:01+02:00] <@bob> \u0002\u0004ff0000hi\u000f https://example.org/a_b_",
        "2026-01-01T10:00:02.5Z * alice waves",
        "2026-01-01T10:00:03Z *** carol joined #garden",
        "",
      ].join("\r\n"),
    );
    expect(problems).toEqual([]);
    expect(messages).toMatchObject([
      { channel: "garden", author: "alice", at: Date.UTC(2026, 0, 1, 10), text: "hello \\*bob\\*" },
      { author: "bob", at: Date.UTC(2026, 0, 1, 10, 0, 1), text: "hi https://example.org/a_b_" },
      { author: "alice", at: Date.UTC(2026, 0, 1, 10, 0, 2, 500), text: "*alice waves*" },
    ]);
    expect(skipped).toEqual({ "joins and leaves": 1 });
  });

  test("of irssi, whose lines have no date", async () => {
    const { messages, problems, skipped } = await brief(
      [
        "--- Log opened Thu Jan 01 23:58:00 2026",
        "23:58 -!- bob [~bob@host] has joined #garden",
        "23:59 < alice> one",
        "23:59 <@alice> two",
        "--- Day changed Fr Jan 02 2026",
        "00:01:07  * bob waves",
        "00:02 -!- mode/#garden [+o bob] by ChanServ",
        "--- Log closed Fri Jan 02 00:10:00 2026",
      ].join("\n"),
    );
    expect(problems).toEqual([]);
    expect(messages.map(({ author, at, text }) => [author, at, text])).toEqual([
      ["alice", local(2026, 1, 1, 23, 59, 0), "one"],
      ["alice", local(2026, 1, 1, 23, 59, 0), "two"],
      ["bob", local(2026, 1, 2, 0, 1, 7), "*bob waves*"],
    ]);
    expect(skipped).toEqual({ "joins and leaves": 1, "service lines": 1 });
  });

  test("of WeeChat", async () => {
    const { messages, problems, skipped } = await brief(
      [
        "2026-01-01 10:00:00\t-->\tbob (~bob@host) has joined #garden",
        "2026-01-01 10:00:01\t@alice\t<b>hi</b>",
        "2026-01-01 10:00:02\t *\tbob waves",
        "2026-01-01 10:00:03\t--\tMode #garden [+o bob]",
      ].join("\n"),
      "irc.libera.#garden.2026-01-01.weechatlog",
    );
    expect(problems).toEqual([]);
    expect(messages).toMatchObject([
      {
        channel: "garden",
        author: "alice",
        at: local(2026, 1, 1, 10, 0, 1),
        text: "\\<b>hi\\</b>",
      },
      { author: "bob", text: "*bob waves*" },
    ]);
    expect(skipped).toEqual({ "joins and leaves": 1, "service lines": 1 });
  });

  test("says which lines are none, and why", async () => {
    const { problems } = await brief(
      "2026-01-01T10:00:00Z <alice> hello\nwhat?\n2026-13-01T10:00:00Z <alice> hello\n10:00 <bob> hi\n2026-01-01T25:00:00Z <bob> hi\n",
    );
    expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
      [2, "this is no line of an IRC log: it begins with no time"],
      [3, "there is no such time"],
      [4, "no date comes before this time"],
      [5, "there is no such time"],
    ]);
    expect(
      (await readAll(readIrc, "a.log", Buffer.from([0x32, 0x0a, 0, 1, 2]))).problems,
    ).toMatchObject([{ line: 1 }, { line: 2, reason: "this is no text" }]);
  });

  test("may be old, hostile and long", async () => {
    const latin = Buffer.concat([
      Buffer.from("2026-01-01T10:00:00Z <alice> gr"),
      Buffer.from([0xfc]),
      Buffer.from("n\n"),
    ]);
    expect((await readAll(readIrc, "a.log", latin)).messages).toMatchObject([
      { channel: "a", text: "grün" },
    ]);
    const { messages } = await readAll(
      readIrc,
      "a.log",
      `2026-01-01T10:00:00Z <al\u202eice> <@everyone> ${"x".repeat(100_000)}\n`,
      65_536,
    );
    expect(messages[0]!.text).toMatch(/^&lt;@everyone> x{100000}$/);
    const endless = await readAll(readIrc, "a.log", "x".repeat(5 * 1024 * 1024), 65_536);
    expect(endless.problems).toMatchObject([
      { line: 1, reason: expect.stringContaining("4 MiB") as string },
    ]);
  });
});
