import { expect, test } from "vitest";
import { withEmoji } from "./shortcodes.ts";

const added = (before: string, more: string) =>
  withEmoji(before, before + more, before.length + more.length);

test("shortcodes become emoji however many came at once, and the caret stays behind what was written", () => {
  expect(added("Well :tada", ":")).toEqual({ text: "Well 🎉", caret: 7 });
  expect(added("", ":tada::rocket: off (:+1:) we go")).toEqual({
    text: "🎉🚀 off (👍) we go",
    caret: "🎉🚀 off (👍) we go".length,
  });
  expect(added("🎉", ":heart:").text).toBe("🎉❤️");
  expect(withEmoji("so  it is", "so :tada: it is", 9)).toEqual({ text: "so 🎉 it is", caret: 5 });
  expect(withEmoji("", ":tada: then :rocket:", 6)).toEqual({ text: "🎉 then 🚀", caret: 2 });
});

test("what stood there before stays, and so does what means no emoji", () => {
  expect(added(":tada:", " again :tada:").text).toBe(":tada: again 🎉");
  for (const text of [
    "at 10:30:45",
    ":nothing of the kind:",
    "std::key::of",
    "10:100:1",
    ":yes:",
    "::",
  ])
    expect(added("", text)).toEqual({ text, caret: text.length });
});

test("code stays as it is", () => {
  for (const text of ["`:tada:`", "```\n:tada:\n```", "so `a :tada: b`"])
    expect(added("", text).text).toBe(text);
  expect(added("", "`:tada:` and :tada:").text).toBe("`:tada:` and 🎉");
});
