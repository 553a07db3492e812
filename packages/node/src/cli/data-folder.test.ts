import { expect, test } from "vitest";
import { defaultDataFolder, inFolder } from "./data-folder.ts";

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

test.each<[NodeJS.Platform, string, string]>([
  ["linux", "/home/ana/chat", "/home/ana/chat"],
  ["darwin", "/Users/ana/it's here", "'/Users/ana/it'\\''s here'"],
  ["win32", "C:\\chat", "C:\\chat"],
  ["win32", "C:\\Users\\Ana Lima", '"C:\\Users\\Ana Lima"'],
])("%s reads %s back", (platform, folder, written) => {
  expect(inFolder("multichat start", folder, platform)).toBe(`multichat start --data ${written}`);
});
