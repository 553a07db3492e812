import { expect, test } from "vitest";
import { formatMessageLink, formatRoute, formatSettings, parseLinked, parseMessageLink, parseRoute, parseSettings, threadOf } from "./address.ts";

test.each(["#/", "#/w/aa", "#/w/aa/c/bb", "#/w/aa/c/bb/members", "#/w/aa/c/bb/t/cc", "#/w/aa/threads", "#/join/a%2Fb"])("%s leads somewhere and back", (hash) => {
  expect(formatRoute(parseRoute(hash))).toBe(hash);
  expect(parseSettings(hash)).toBeNull();
});

test.each(["#/settings", "#/settings/devices", "#/w/aa/settings", "#/w/aa/settings/roles"])("%s is in the settings", (hash) => {
  expect(formatSettings(parseSettings(hash)!)).toBe(hash);
});

test.each(["", "#code=abc", "#/elsewhere", "#/w"])("%j leads home", (hash) => {
  expect(parseRoute(hash)).toEqual({ at: "home" });
  expect(parseSettings(hash)).toBeNull();
});

test("a thread is in the address, and a message has one of its own that leads to its channel", () => {
  const route = parseRoute("#/w/aa/c/bb/t/cc");
  expect(route.at === "space" && threadOf(route.pane)).toBe("cc");
  const place = { space: "a".repeat(64), channel: "b".repeat(64), id: "c".repeat(64) };
  const link = formatMessageLink(place);
  expect(parseMessageLink(link)).toEqual(place);
  expect(parseRoute(link)).toEqual({ at: "space", space: place.space, channel: place.channel, pane: null });
  expect(parseMessageLink(`${link}/x`)).toBeNull();
  expect(parseLinked(link)).toEqual({ ...place, told: false });
  expect(parseLinked(`${link}/told`)).toEqual({ ...place, told: true });
  expect(parseRoute(`${link}/told`)).toEqual(parseRoute(link));
});
