/** What `doctor` can find out when no node is running: whether one could start here. */
import { constants } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import type { DoctorCheck } from "@multichat/client/contract";
import { tokenPath } from "../api/api-token.ts";
import { readKeptPort } from "../api/kept-port.ts";
import { isExposed } from "../api/private-file.ts";

const oldestNode = 24;

export async function localChecks(dataDir: string, nodeVersion: string): Promise<DoctorCheck[]> {
  const checks = [nodeCheck(nodeVersion)];
  const folder = await folderCheck(dataDir);
  checks.push(folder.check);
  if (folder.exists) {
    checks.push(await keysCheck(dataDir), ...(await databaseChecks(dataDir)), await tokenCheck(dataDir));
  }
  checks.push(await portCheck(dataDir));
  return checks;
}

function nodeCheck(version: string): DoctorCheck {
  const ok = Number(version.replace(/^v/, "").split(".")[0]) >= oldestNode;
  return {
    name: "Node.js",
    ok,
    detail: ok ? version : `${version} is too old: install Node.js ${oldestNode} or newer.`,
  };
}

async function folderCheck(dataDir: string): Promise<{ exists: boolean; check: DoctorCheck }> {
  const name = "data folder";
  let mode: number;
  try {
    mode = (await stat(dataDir)).mode;
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      const detail = `${dataDir} does not exist yet. The first start makes it.`;
      return { exists: false, check: { name, ok: true, detail } };
    }
    const detail = `${dataDir} cannot be read and written: ${messageOf(error)}. Give it back to your user.`;
    return { exists: false, check: { name, ok: false, detail } };
  }
  if (isExposed(mode)) {
    const detail = `Other users of this machine can look into ${dataDir}. Close it: chmod 700 ${dataDir}`;
    return { exists: true, check: { name, ok: false, detail } };
  }
  return { exists: true, check: { name, ok: true, detail: dataDir } };
}

async function keysCheck(dataDir: string): Promise<DoctorCheck> {
  const name = "keys";
  // Loaded here: nothing else of the command line needs them.
  const { createFileVault, keysPath, readSealedKeys, refuseMissingKeys } = await import("../data-folder/vault-file.ts");
  const path = keysPath(dataDir);
  try {
    refuseMissingKeys(dataDir);
    if (isExposed((await stat(path)).mode)) return { name, ok: false, detail: `Other users of this machine can read ${path}, and act as you. Close it: chmod 600 ${path}` };
    if (readSealedKeys(dataDir) !== null) return { name, ok: true, detail: "Encrypted; their passphrase is asked for at every start." };
    createFileVault(dataDir).load();
    return { name, ok: true, detail: "Not encrypted. Once it runs, `multichat keys protect` sets a passphrase." };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { name, ok: true, detail: "There are none yet. The first start makes them." };
    return { name, ok: false, detail: messageOf(error) };
  }
}

async function databaseChecks(dataDir: string): Promise<DoctorCheck[]> {
  const names = (await readdir(dataDir)).filter((name) => /\.(sqlite3?|db)$/.test(name));
  if (names.length === 0) return [{ name: "database", ok: true, detail: "There is none yet." }];
  // Loaded here: nothing else of the command line needs a database.
  const [{ DatabaseSync }, { refuseNewer }, { databasePath }] = await Promise.all([import("node:sqlite"), import("@multichat/store"), import("../data-folder/vault-file.ts")]);
  return names.map((name) => {
    const what = `database ${name}`;
    try {
      const database = new DatabaseSync(join(dataDir, name), { readOnly: true });
      try {
        if (join(dataDir, name) === databasePath(dataDir)) refuseNewer(Number(database.prepare("PRAGMA user_version").get()?.["user_version"]));
        const [row] = database.prepare("PRAGMA quick_check(1)").all();
        const found = String(row?.["quick_check"]);
        if (found === "ok") return { name: what, ok: true, detail: "It can be read and is whole." };
        return { name: what, ok: false, detail: `It is damaged (${found}). ${damaged}` };
      } finally {
        database.close();
      }
    } catch (error) {
      const message = messageOf(error);
      if (codeOf(error) === "newer") return { name: what, ok: false, detail: message };
      const busy = message.includes("locked") || message.includes("busy");
      const advice = busy ? "Another program holds it: end that one, or wait for it." : damaged;
      return { name: what, ok: false, detail: `It cannot be read (${message}). ${advice}` };
    }
  });
}

const damaged =
  "Keep the file. Start Multichat: it offers to fetch everything again from other members.";

async function tokenCheck(dataDir: string): Promise<DoctorCheck> {
  const name = "api-token";
  try {
    if (isExposed((await stat(tokenPath(dataDir))).mode)) {
      return {
        name,
        ok: false,
        detail: "Other users of this machine can read it. The next start makes a new one.",
      };
    }
    return { name, ok: true, detail: "Only you can read it." };
  } catch (error) {
    if (codeOf(error) === "ENOENT")
      return { name, ok: true, detail: "There is none yet. The first start makes it." };
    return { name, ok: false, detail: `It cannot be looked at: ${messageOf(error)}` };
  }
}

async function portCheck(dataDir: string): Promise<DoctorCheck> {
  const name = "port";
  let port: number | null;
  try {
    port = await readKeptPort(dataDir);
  } catch (error) {
    return { name, ok: false, detail: messageOf(error) };
  }
  if (port === null)
    return { name, ok: true, detail: "None is kept yet. The first start chooses a free one." };
  const problem = await bindProblem(port);
  if (problem === null) return { name, ok: true, detail: `${port} is free.` };
  const advice = `End the program that uses it, or choose another: \`multichat start --port N\``;
  return { name, ok: false, detail: `${port} cannot be used (${problem}). ${advice}` };
}

function bindProblem(port: number): Promise<string | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", (error) => resolve(codeOf(error) ?? error.message));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(null)));
  });
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
