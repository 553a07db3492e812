import { expect, test } from "vitest";
import { emojiByGroup, emojiFor, emojiGroups, emojiNamed, findEmoji } from "./emoji-list.ts";
import { withTone } from "./skin-tone.ts";

const found = (query: string) => findEmoji(query, 5).map(({ emoji }) => emoji);

test("emoji are found by their names, by parts of them and by what people call them", () => {
  expect(found("rocket")[0]).toBe("🚀");
  expect(found("+1")[0]).toBe("👍");
  expect(found("tada")[0]).toBe("🎉");
  expect(found("face tears")).toContain("😂");
  expect(found("red_heart")[0]).toBe("❤️");
  expect(found("")).toEqual([]);
  expect(found("xyzzy")).toEqual([]);
});

test("a shortcode stands for the one emoji that is called so", () => {
  const all = [
    "tada",
    "+1",
    "heart",
    "heart_eyes",
    "white_check_mark",
    "red_heart",
    "rocket",
    "joy",
    "100",
    "x",
  ];
  expect(all.map((code) => emojiFor(code)?.emoji)).toEqual([
    "🎉",
    "👍",
    "❤️",
    "😍",
    "✅",
    "❤️",
    "🚀",
    "😂",
    "💯",
    "❌",
  ]);
  expect(["yes", "no", "cheers", "xyzzy", ""].map((code) => emojiFor(code))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});

test("every one of them is one that can be a reaction: short, without letters and white space", () => {
  const all = emojiGroups.flatMap((group) => emojiByGroup[group]);
  expect(all.length).toBeGreaterThan(1_500);
  expect(all.filter(({ emoji }) => emoji.length > 32 || !/^\p{RGI_Emoji}$/v.test(emoji))).toEqual(
    [],
  );
  expect(new Set(all.map(({ emoji }) => emoji)).size).toBe(all.length);
});

test("those that come in tones of skin can be had in each", () => {
  const toned = emojiGroups.flatMap((group) => emojiByGroup[group]).filter((one) => one.toned);
  expect(toned.length).toBeGreaterThan(200);
  expect(toned.filter(({ emoji }) => !/^\p{RGI_Emoji}$/v.test(withTone(emoji, 3)))).toEqual([]);
  expect(withTone("👍", 3)).toBe("👍🏽");
  expect(emojiNamed("👍🏽").name).toBe("thumbs up");
});
