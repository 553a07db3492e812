import { once } from "node:events";
import { appendFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeContent, decodeContent, type BlobId } from "@multichat/protocol";
import { expect, test } from "vitest";
import { handOver, refuseTaken, sentName } from "./files.ts";

test.each([
  ["/home/ann/plan.pdf", "plan.pdf"],
  ["./a\\b\nc\u0000.txt", "a_b_c_.txt"],
  ["夏 (2).png", "夏 (2).png"],
  [".bashrc", ".bashrc"],
])("%j is sent as %j, which others take", (path, name) => {
  expect(sentName(path)).toBe(name);
  const payload = encodeContent("message", {
    files: [[name, "text/plain", 1, "0".repeat(64) as BlobId, {}]],
  });
  expect(decodeContent("message", payload).ok).toBe(true);
});

test("what is at a path is replaced only when that was asked for, and only where it is a file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "multichat-files-"));
  try {
    const at = (name: string): string => join(folder, name);
    await writeFile(at("file"), "old");
    await symlink(at("nowhere"), at("link"));
    await mkdir(at("folder"));
    await refuseTaken(at("free"), false);
    for (const name of ["file", "link"]) {
      await expect(refuseTaken(at(name), false)).rejects.toMatchObject({ code: "file-exists" });
      await refuseTaken(at(name), true);
    }
    for (const force of [false, true])
      await expect(refuseTaken(at("folder"), force)).rejects.toMatchObject({ code: "file-exists" });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a file that changes while it is handed over is said to, instead of the node to be gone", async () => {
  const folder = await mkdtemp(join(tmpdir(), "multichat-files-"));
  const path = join(folder, "growing.log");
  const broken = createServer(({ socket }) => {
    void appendFile(path, "and more").then(() => socket.destroy());
  }).listen(0, "127.0.0.1");
  try {
    await once(broken, "listening");
    await writeFile(path, "some");
    const { port } = broken.address() as AddressInfo;
    await expect(handOver({ url: `http://127.0.0.1:${port}` }, path)).rejects.toMatchObject({
      code: "file-unreadable",
      message: expect.stringContaining("was changed while it was read") as string,
    });
  } finally {
    broken.close();
    await rm(folder, { recursive: true });
  }
});
