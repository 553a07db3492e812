import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { eraseIfMarked, markErasing } from "./erasing.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "multichat-erasing-"));
  for (const name of ["keys.json", "multichat.sqlite", "multichat.sqlite-wal", "multichat.sqlite.kept-1", "config.json", "api-token"]) writeFileSync(join(dataDir, name), "x");
  mkdirSync(join(dataDir, "blobs"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

test("nothing goes that was not to go", () => {
  const before = readdirSync(dataDir);
  expect(eraseIfMarked(dataDir)).toBe(false);
  expect(readdirSync(dataDir)).toEqual(before);
});

test("what was to go is gone, once, and the node's own settings stay", () => {
  markErasing(dataDir);
  expect(eraseIfMarked(dataDir)).toBe(true);
  expect(readdirSync(dataDir).sort()).toEqual(["api-token", "config.json"]);
  expect(eraseIfMarked(dataDir)).toBe(false);
});

test("a mark that cannot be made is said", () => {
  expect(() => markErasing(join(dataDir, "nowhere"))).toThrow("could not be written");
});
