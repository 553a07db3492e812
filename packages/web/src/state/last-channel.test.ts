import { expect, test } from "vitest";
import { readLastChannels, rememberChannel } from "./last-channel.ts";

function storage() {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
}

test("the channel last looked at is known again, one for each workspace", () => {
  const kept = storage();
  let last = rememberChannel(kept, {}, { at: "space", space: "s1", channel: "a", pane: null });
  last = rememberChannel(kept, last, { at: "space", space: "s2", channel: "b", pane: null });
  last = rememberChannel(kept, last, { at: "space", space: "s1", channel: "c", pane: "members" });
  expect(last).toEqual({ s1: "c", s2: "b" });
  expect(readLastChannels(kept)).toEqual(last);
});

test("the list of channels and other places change nothing", () => {
  const last = { s1: "a" };
  expect(rememberChannel(storage(), last, { at: "space", space: "s1", channel: null, pane: null })).toBe(last);
  expect(rememberChannel(storage(), last, { at: "home" })).toBe(last);
});

test.each(["[]", "null", "3", "{", '{"s1":7}'])("what is damaged, such as %s, is as nothing", (text) => {
  expect(readLastChannels({ getItem: () => text })).toEqual({});
});
