import type { Mention } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { fromTokens, joined, noDraft, withPick, withText, withTokens } from "./picks.ts";

const bob: Mention = { token: "<@b0b>", kind: "person", id: "b0b", name: "Bob" };
const otherBob: Mention = { ...bob, token: "<@b0c>", id: "b0c" };
const general: Mention = { token: "<#9e>", kind: "channel", id: "9e", name: "general" };

const picked = (text: string, from: number, mention: Mention) =>
  withPick(withText(noDraft, text), from, text.length, mention).draft;

test("a chosen name is shown as a name and sent as a token", () => {
  const { draft, caret } = withPick(withText(noDraft, "ask @bo"), 4, 7, bob);
  expect(draft.text).toBe("ask @Bob ");
  expect(caret).toBe(9);
  expect(withTokens(draft)).toEqual({ text: "ask <@b0b> ", mentions: [bob] });
});

test("two of one name stay two people, whatever is typed before, between and after them", () => {
  let draft = picked("@B", 0, bob);
  draft = withPick(withText(draft, "@Bob or @B"), 8, 10, otherBob).draft;
  draft = withText(draft, `Hello ${draft.text}`);
  draft = withText(draft, `${draft.text}in #general?`);
  expect(withTokens(draft).text).toBe("Hello <@b0b> or <@b0c> in #general?");
  draft = withPick(draft, draft.text.indexOf("#"), draft.text.length, general).draft;
  expect(withTokens(draft).text).toBe("Hello <@b0b> or <@b0c> in <#9e> ");
});

test("what was sent becomes a draft again", () => {
  const draft = withText(picked("@B", 0, bob), "@Bob and (me)");
  const { text, mentions } = withTokens(draft);
  expect(fromTokens(text, mentions)).toEqual(draft);
  expect(fromTokens("plain", [])).toEqual(withText(noDraft, "plain"));
});

test("a name that is changed is no choice any more", () => {
  const draft = withText(picked("@B", 0, bob), "@Bo ");
  expect(withTokens(draft)).toEqual({ text: "@Bo ", mentions: [] });
});

test("in code a name stays what it is", () => {
  for (const [before, after] of [
    ["`", "`"],
    ["```\n", "\n```"],
  ] as const) {
    const draft = picked("@B", 0, bob);
    const around = withText(withText(draft, before + draft.text), before + draft.text + after);
    expect(withTokens(around).text).toBe(`${before}@Bob ${after}`);
  }
});

test("what is taken back goes before what was begun since, and both keep their names", () => {
  const [first, then] = [picked("@B", 0, bob), picked("or @B", 3, otherBob)];
  expect(withTokens(joined(first, then)).text).toBe("<@b0b> \nor <@b0c> ");
  expect(joined(first, noDraft)).toEqual(first);
  expect(joined(noDraft, then)).toEqual(then);
});
