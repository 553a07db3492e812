import { expect, test } from "vitest";
import { noDraft, withText } from "../state/picks.ts";
import { findCompleting } from "./completing.ts";

const at = (text: string) => findCompleting(withText(noDraft, text), text.length);

test("a sign after a space or at the beginning starts a name", () => {
  expect(at("@")).toEqual({ sign: "@", query: "", from: 0 });
  expect(at("ask @Bob Ca")).toEqual({ sign: "@", query: "Bob Ca", from: 4 });
  expect(at("see (#gen")).toEqual({ sign: "#", query: "gen", from: 5 });
  expect(at("nice :tad")).toEqual({ sign: ":", query: "tad", from: 5 });
});

test("addresses, times, smileys, headings and code are left alone", () => {
  for (const text of [
    "ines@example",
    "at 10:30",
    ":)",
    ":a",
    "# Title",
    "`@bo",
    "```\n@bo",
    "https://a.example/#part",
  ])
    expect(at(text)).toBeNull();
});

test("what was chosen is not offered once more", () => {
  const mention = { token: "<@b0b>", kind: "person", id: "b0b", name: "Bob" } as const;
  expect(findCompleting({ text: "@Bob", picks: [{ from: 0, to: 4, mention }] }, 4)).toBeNull();
});
