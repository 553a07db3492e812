import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DoctorCheck } from "@multichat/client/contract";
import { ensureApiToken, tokenPath } from "../api/api-token.ts";
import { keepPort } from "../api/kept-port.ts";
import { createNodeCrypto, createNodeRandom } from "@multichat/crypto";
import { createFileVault, databasePath, keysPath } from "../data-folder/vault-file.ts";
import { loadSecrets } from "../engine/secrets.ts";
import { localChecks } from "./local-checks.ts";
import { run } from "./run.ts";
import { fakeHost } from "./testing/cli-harness.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "multichat-doctor-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function problems(nodeVersion = "v24.0.0"): Promise<DoctorCheck[]> {
  return (await localChecks(dataDir, nodeVersion)).filter(({ ok }) => !ok);
}

function database(name: string): void {
  const made = new DatabaseSync(join(dataDir, name));
  made.exec("CREATE TABLE t (x); CREATE TABLE u (y); INSERT INTO t VALUES (randomblob(100000))");
  made.close();
}

test("a folder in order has no problems, nor has one that is not there yet", async () => {
  await ensureApiToken(dataDir);
  database("events.sqlite");
  expect(await problems()).toEqual([]);
  await rm(dataDir, { recursive: true });
  expect(await problems()).toEqual([]);
});

test("a database of a newer release is no damaged one", async () => {
  database("multichat.sqlite");
  const newer = new DatabaseSync(join(dataDir, "multichat.sqlite"));
  newer.exec("PRAGMA user_version = 9999");
  newer.close();
  expect(await problems()).toContainEqual({ name: "database multichat.sqlite", ok: false, detail: expect.stringMatching(/newer Multichat.*Update/) });
});

test("an old Node.js is named", async () => {
  expect(await problems("v20.11.0")).toMatchObject([
    { name: "Node.js", detail: expect.stringContaining("24") },
  ]);
});

test("a folder and a token that others can read are named", async () => {
  await ensureApiToken(dataDir);
  await chmod(dataDir, 0o755);
  await chmod(tokenPath(dataDir), 0o640);
  expect(await problems()).toMatchObject([
    { name: "data folder", detail: expect.stringContaining("chmod 700") },
    { name: "api-token" },
  ]);
});

test("keys say whether they have a passphrase, and are named where others can read them or they are damaged", async () => {
  const keys = async (): Promise<DoctorCheck | undefined> => (await localChecks(dataDir, "v24.0.0")).find(({ name }) => name === "keys");
  expect(await keys()).toMatchObject({ ok: true, detail: expect.stringContaining("none yet") });
  await writeFile(databasePath(dataDir), "");
  expect(await keys()).toMatchObject({ ok: false, detail: expect.stringContaining("is missing") });
  const vault = createFileVault(dataDir);
  loadSecrets(vault, createNodeCrypto(), createNodeRandom());
  expect(await keys()).toMatchObject({ ok: true, detail: expect.stringContaining("Not encrypted") });
  vault.protect("horse");
  expect(await keys()).toMatchObject({ ok: true, detail: expect.stringContaining("passphrase is asked for") });
  await chmod(keysPath(dataDir), 0o644);
  expect(await keys()).toMatchObject({ ok: false, detail: expect.stringContaining("chmod 600") });
  await chmod(keysPath(dataDir), 0o600);
  await writeFile(keysPath(dataDir), "{");
  expect(await keys()).toMatchObject({ ok: false, detail: expect.stringContaining("is damaged") });
});

test("a damaged database is named and kept", async () => {
  await writeFile(
    join(dataDir, "events.sqlite"),
    "no database at all, but as long as a header of one has to be, and longer.",
  );
  expect(await problems()).toMatchObject([
    { name: "database events.sqlite", detail: expect.stringContaining("Keep the file") },
  ]);
});

test("a database that another program holds is named as held", async () => {
  database("events.sqlite");
  const other = new DatabaseSync(join(dataDir, "events.sqlite"));
  other.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  expect(await problems()).toMatchObject([
    { detail: expect.stringContaining("Another program holds it") },
  ]);
  other.close();
});

test("a kept port that is taken is named", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  await keepPort(dataDir, (other.address() as AddressInfo).port);
  expect(await problems()).toMatchObject([
    { name: "port", detail: expect.stringContaining("--port") },
  ]);
  await new Promise((resolve) => other.close(resolve));
  expect(await problems()).toEqual([]);
});

test("doctor without a node makes these checks", async () => {
  const host = fakeHost();
  await run(["doctor", "--data", dataDir, "--json"], host);
  const { ok, checks } = JSON.parse(host.out) as { ok: boolean; checks: DoctorCheck[] };
  expect([ok, host.exitCode]).toEqual([true, 0]);
  expect(checks.map(({ name }) => name)).toEqual([
    "running",
    "Node.js",
    "data folder",
    "keys",
    "database",
    "api-token",
    "port",
  ]);
});
