import { expect, test } from "vitest";
import { formatRoute, formatSettings, parseRoute, parseSettings } from "./address.ts";

test.each(["#/", "#/w/aa", "#/w/aa/c/bb", "#/w/aa/c/bb/members", "#/join/a%2Fb"])("%s leads somewhere and back", (hash) => {
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
