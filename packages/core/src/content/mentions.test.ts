import { describe, expect, test } from "vitest";
import { mentionsIn, nameMentions, replaceMentions } from "./mentions.ts";

const id = "ab".repeat(32);
const person = `<@${id}>`;

describe("mentions", () => {
  test("are found once each, in the order of the text", () => {
    const found = mentionsIn(`${person} and <@&${id}> in <#${id}>, <@everyone>, ${person} again`);
    expect(found.map(({ kind }) => kind)).toEqual(["person", "role", "channel", "everyone"]);
  });

  test.each([
    ["a span", `\`${person}\``],
    ["a span of two backticks", `\`\` ${person} \` ${person} \`\``],
    ["a block", `\`\`\`\n${person}\n\`\`\``],
    ["a block that does not end", `before\n~~~\n${person}`],
    ["an id that is too short", "<@abc>"],
  ])("call nobody in %s", (_, text) => {
    expect(mentionsIn(text)).toEqual([]);
    expect(replaceMentions(text, () => "!")).toBe(text);
  });

  test("count again behind code", () => {
    expect(mentionsIn(`\`code\` ${person}`)).toHaveLength(1);
    expect(mentionsIn(`\`\`\`code\`\`\` ${person}`)).toHaveLength(1);
    expect(mentionsIn(`\`\`\`\ncode\n\`\`\`\` ${person}`)).toHaveLength(1);
    expect(mentionsIn(`\`\` ${person} \` ${person} \``)).toHaveLength(1);
    expect(replaceMentions(`\`${person}\` ${person}`, () => "@Bob")).toBe(`\`${person}\` @Bob`);
  });

  test("are made of names: the longest that fits, and only whole ones", () => {
    const names = new Map([["bob", "<B>"], ["bob smith", "<S>"], ["everyone", "<E>"]]);
    expect(nameMentions("@Bob Smith, @bob! @bobby mail@bob.org (@everyone)", "@", names)).toBe("<S>, <B>! @bobby mail@bob.org (<E>)");
    expect(nameMentions("`@bob` @bob", "@", names)).toBe("`@bob` <B>");
    expect(nameMentions("# bob #bob", "#", names)).toBe("# bob <B>");
  });

  test("take no longer for a text that is made to take long", () => {
    const runs = Array.from({ length: 281 }, (_, i) => "`".repeat(i + 1)).join(" ");
    const started = performance.now();
    for (const text of [runs, "`".repeat(40_000), "` ``".repeat(10_000), "\n```".repeat(10_000), "<@".repeat(20_000), "@".repeat(40_000)]) {
      mentionsIn(`${text}<`);
      nameMentions(text, "@", new Map([["bob", "<B>"]]));
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
