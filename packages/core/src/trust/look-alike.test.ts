import type { AccountId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { type NamedPerson, familiarity, lookAlikes, skeleton } from "./look-alike.ts";

describe("the skeleton of a name", () => {
  it.each([
    ["Cyrillic in a Latin word", "Ana", "Аnа"],
    ["Greek capitals", "HELENA", "ΗΕLΕΝΑ"],
    ["a Greek small letter", "Bob", "Bοb"],
    ["digits", "Bob Oliver", "B0b 01iver"],
    ["a capital i for an l", "Paul", "PauI"],
    ["a bar for an l", "Paul", "Pau|"],
    ["r and n for m", "Emma", "Ernrna"],
    ["two v for w", "Will", "VVill"],
    ["another case", "Ana", "aNA"],
    ["a zero-width space", "Ana", "A\u200bna"],
    ["a soft hyphen and a variation selector", "Ana", "A\u00adna\ufe0f"],
    ["a filler that looks like nothing", "Ana", "Ana\u3164"],
    ["accents", "Jose", "José"],
    ["full-width letters", "Ana", "Ａｎａ"],
    ["mathematical letters", "Ana", "𝐀𝐧𝐚"],
    ["dots and spaces", "Ana Lima", "ana.lima"],
  ])("is the same for %s", (_what, name, other) => {
    expect(name).not.toBe(other);
    expect(skeleton(other)).toBe(skeleton(name));
  });

  it.each([
    ["Ana", "Anna"],
    ["Bob", "Rob"],
    ["Мария", "Марина"],
    ["कि", "कु"],
    ["김", "금"],
    ["Jan", "Lan"],
  ])("is another for %s and %s", (a, b) => {
    expect(skeleton(a)).not.toBe(skeleton(b));
  });

  it("is empty where there is nothing to see", () => {
    expect(skeleton("\u200b\u3164 .")).toBe("");
  });
});

describe("who looks like whom", () => {
  const id = (letter: string): AccountId => letter.repeat(64) as AccountId;
  const person = (letter: string, name: string, how: keyof typeof familiarity, since = 0, ...others: string[]): NamedPerson => ({
    account: id(letter),
    names: [name, ...others],
    familiarity: familiarity[how],
    since,
  });

  it("warns of the one who came later, and not of the one who was there", () => {
    expect(lookAlikes([person("a", "Ana", "other", 2), person("b", "Аnа", "other", 1)])).toEqual(new Map([[id("a"), id("b")]]));
  });

  it("warns of who looks like oneself, however long they have been there", () => {
    expect(lookAlikes([person("a", "Ana", "other", 1), person("b", "ANA", "self", 9)])).toEqual(new Map([[id("a"), id("b")]]));
  });

  it("warns of who looks like a petname, or like what a contact calls themselves", () => {
    const boss = person("b", "The boss", "named", 5, "Bob");
    expect(lookAlikes([boss, person("c", "the b0ss", "other"), person("d", "8ob", "contact")])).toEqual(
      new Map([[id("c"), id("b")], [id("d"), id("b")]]),
    );
  });

  it("does not warn of those one knows by sight or by a name of one's own", () => {
    expect(lookAlikes([person("a", "Ana", "self"), person("b", "Ana", "verified"), person("c", "Ana", "named")])).toEqual(new Map());
  });

  it("does not compare names that have nothing to see", () => {
    expect(lookAlikes([person("a", "\u200b", "other"), person("b", "\u2060", "other", 1)])).toEqual(new Map());
  });
});
