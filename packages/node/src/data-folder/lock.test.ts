import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockDataFolder } from "./lock.ts";

describe("the data folder's lock", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lock-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("keeps a second node out, and says which folder", () => {
    const lock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(`Another Multichat is running on ${folder}`);
    lock.release();
  });

  it("needs no room on the disk while it is held", () => {
    const lock = lockDataFolder(folder);
    expect(readdirSync(folder)).toEqual(["lock.sqlite"]);
    expect(statSync(join(folder, "lock.sqlite")).size).toBe(0);
    lock.release();
  });

  it("makes nothing of what stands in its file", () => {
    writeFileSync(join(folder, "lock.sqlite"), "x".repeat(10_000));
    const lock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow("Another Multichat is running");
    lock.release();
  });

  it("does not take other trouble for another node", () => {
    mkdirSync(join(folder, "lock.sqlite"));
    expect(() => lockDataFolder(folder)).toThrow("unable to open database file");
  });

  it("is free again once released", () => {
    lockDataFolder(folder).release();
    expect(() => lockDataFolder(folder).release()).not.toThrow();
  });
});
