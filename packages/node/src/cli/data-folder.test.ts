import { expect, test } from "vitest";
import { defaultDataFolder } from "./data-folder.ts";

test.each<[NodeJS.Platform, Record<string, string>, string, string]>([
  ["linux", {}, "/home/ana", "/home/ana/.local/share/multichat"],
  ["linux", { XDG_DATA_HOME: "/data" }, "/home/ana", "/data/multichat"],
  ["linux", { XDG_DATA_HOME: "relative" }, "/home/ana", "/home/ana/.local/share/multichat"],
  ["darwin", {}, "/Users/ana", "/Users/ana/Library/Application Support/multichat"],
  [
    "win32",
    { APPDATA: "C:\\Users\\ana\\AppData\\Roaming" },
    "C:\\Users\\ana",
    "C:\\Users\\ana\\AppData\\Roaming\\multichat",
  ],
])("%s %j", (platform, env, home, expected) => {
  expect(defaultDataFolder(platform, env, home)).toBe(expected);
});
