import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lockDataFolder } from "../data-folder/lock.ts";
import { connectToNode } from "./node-connection.ts";

test("a node whose token is gone is not one that does not run", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "multichat-token-"));
  try {
    await expect(connectToNode(dataDir)).rejects.toMatchObject({ code: "not-running" });
    expect(await readdir(dataDir), "asking leaves nothing behind").toEqual([]);
    const lock = lockDataFolder(dataDir);
    await expect(connectToNode(dataDir)).rejects.toMatchObject({ code: "unauthorized", message: expect.stringContaining("api-token") as string });
    lock.release();
    await expect(connectToNode(dataDir)).rejects.toMatchObject({ code: "not-running" });
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
