import { mkdtempSync, rmSync } from "node:fs";
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

  it("is free again once released", () => {
    lockDataFolder(folder).release();
    expect(() => lockDataFolder(folder).release()).not.toThrow();
  });
});
