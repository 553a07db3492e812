/** The command as a process of its own. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createNodeCrypto, createNodeRandom } from "@multichat/crypto";
import { expect, test } from "vitest";
import { startApi } from "../api/testing/api-harness.ts";
import { createFileVault } from "../data-folder/vault-file.ts";
import { loadSecrets } from "../engine/secrets.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

function multichat(...args: string[]): ChildProcess {
  return spawn(process.execPath, ["--conditions=source", main, ...args]);
}

async function finished(
  child: ChildProcess,
): Promise<{ out: string; err: string; code: number | null }> {
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { out, err, code };
}

test("one document on stdout and exit status 0", async () => {
  await using api = await startApi();
  const { out, err, code } = await finished(
    multichat("space", "create", "Team", "--data", api.dataDir, "--json"),
  );
  expect([err, code]).toEqual(["", 0]);
  expect(JSON.parse(out)).toMatchObject({ space: { name: "Team" } });
  expect(out.endsWith("}\n")).toBe(true);
});

test("one error on stderr and exit status 1", async () => {
  const { out, err, code } = await finished(multichat("status", "--data", "/nowhere", "--json"));
  expect([out, code]).toEqual(["", 1]);
  expect(JSON.parse(err)).toMatchObject({ error: { code: "not-running" } });
});

test.skipIf(!existsSync("/dev/full"))("output that cannot be written is said in a line", async () => {
  await using api = await startApi();
  const full = openSync("/dev/full", "w");
  const unsaid = spawn(process.execPath, ["--conditions=source", main, "status", "--data", api.dataDir], { stdio: ["ignore", full, "pipe"] });
  const { err, code } = await finished(unsaid);
  expect([err, code]).toEqual([expect.stringMatching(/^multichat: The output could not be written: ENOSPC.*\n$/), 1]);
  closeSync(full);
});

test.skipIf(!existsSync("/dev/full"))("a log that cannot be written does not end the node", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "multichat-main-"));
  loadSecrets(createFileVault(dataDir), createNodeCrypto(), createNodeRandom());
  // Of which the log has something to say.
  await writeFile(join(dataDir, "multichat.sqlite"), "no database");
  const full = openSync("/dev/full", "w");
  const args = ["start", "--data", dataDir, "--no-open", "--no-mdns", "--json"];
  const child = spawn(process.execPath, ["--conditions=source", main, ...args], { stdio: ["ignore", "pipe", full], env: { ...process.env, MULTICHAT_LOG: "all" } });
  const end = finished(child);
  await Promise.race([once(child.stdout!, "data"), end]);
  child.kill("SIGTERM");
  const { out, code } = await end;
  expect([JSON.parse(out), code]).toEqual([expect.objectContaining({ ready: true }), 0]);
  closeSync(full);
  await rm(dataDir, { recursive: true });
});

test("a message from stdin", async () => {
  await using api = await startApi();
  api.engine.addSpace("Team");
  const child = multichat("send", "Team", "general", "-", "--data", api.dataDir, "--json");
  child.stdin?.end("through a pipe\n");
  expect((await finished(child)).code).toBe(0);
  expect(api.engine.messages.map(({ text }) => text)).toEqual(["through a pipe"]);
});

test("tail ends politely at Ctrl-C", async () => {
  await using api = await startApi();
  api.engine.addSpace("Team");
  const [general] = api.engine.channels;
  const watched = Promise.withResolvers<void>();
  api.engine.answer("watch", () => {
    watched.resolve();
    return { ok: true, value: {} };
  });
  const child = multichat("tail", "Team", "general", "--data", api.dataDir, "--json");
  const end = finished(child);
  await watched.promise;
  const message = api.engine.addMessage(general!, "hello");
  api.engine.push({ push: "messages", data: { channel: general!.id, thread: null, messages: [message] } });
  await once(child.stdout!, "data");
  child.kill("SIGINT");
  const { out, code } = await end;
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ message: { text: "hello" } });
});
