import type { Typing } from "@multichat/client/contract";
import { describe, expect, test } from "vitest";
import { presenceText, statusText, typingText } from "./presence-text.ts";
import { endOf } from "./presets.ts";

const now = new Date(2026, 10, 24, 15, 4).getTime();
const minute = 60_000;
const plain = (text: string | null) => text?.replaceAll(/[\u2066-\u2069]/gu, "");
const writer = (name: string, recording = false): Typing["people"][number] => ({
  person: { id: name, name },
  recording,
});

describe("presence in words", () => {
  test.each([
    [undefined, "Offline"],
    [{ account: "a", state: "dnd", lastSeen: null, status: null }, "Do not disturb"],
    [
      { account: "a", state: "offline", lastSeen: now - 5 * minute, status: null },
      "Offline, last seen 5 minutes ago",
    ],
  ] as const)("%j", (presence, words) => {
    expect(plain(presenceText(presence, now))).toBe(words);
  });

  test("a status says something else while the person is away, and nothing once it has ended", () => {
    const status = { emoji: "🌴", text: "On holiday", away: "Ask Bob", until: now + minute };
    expect(statusText(status, "online", now)).toBe("🌴 On holiday");
    expect(statusText(status, "away", now)).toBe("🌴 Ask Bob");
    expect(statusText(status, "online", now + minute)).toBeNull();
    expect(statusText({ ...status, emoji: null, text: null }, "online", now)).toBeNull();
  });
});

test.each([
  [[], undefined],
  [[writer("Alice")], "Alice is typing…"],
  [[writer("Alice"), writer("Bob")], "Alice and Bob are typing…"],
  [["A", "B", "C", "D", "E"].map((name) => writer(name)), "A, B and C and 2 more are typing…"],
  [[writer("Alice", true)], "Alice is recording a voice message…"],
  [[writer("Alice"), writer("Bob", true)], "Alice is typing… Bob is recording a voice message…"],
])("who is writing: %j", (people, words) => {
  expect(plain(typingText(people))?.replace(", and", " and")).toBe(words);
});

test("a status lasts to midnight here, or to the end of the week, whatever the clocks do meanwhile", () => {
  expect(endOf("never", now)).toBe(0);
  expect(endOf("1h", now)).toBe(now + 60 * minute);
  expect(new Date(endOf("today", now)).toString()).toBe(new Date(2026, 10, 25).toString());
  // A Tuesday; Monday begins the next week.
  expect(new Date(endOf("week", now)).toString()).toBe(new Date(2026, 10, 30).toString());
  expect(new Date(endOf("week", new Date(2026, 2, 29, 1).getTime())).toString()).toBe(
    new Date(2026, 2, 30).toString(),
  );
});
