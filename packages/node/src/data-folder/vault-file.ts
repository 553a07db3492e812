/** The vault as a file that only its owner can read, replaced whole or not at all (spec/08-store.md). */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "@multichat/core/ports";
import { fromHex, toHex } from "@multichat/protocol";
import { z } from "zod";
import { StartError } from "../api/start-error.ts";
import type { Secrets, Vault } from "../engine/vault.ts";

const fileName = "keys.json";

const hex = z
  .string()
  .regex(/^([0-9a-f]{2})*$/)
  .transform(fromHex);
const id = z.string().regex(/^[0-9a-f]{64}$/);
const form = z.object({
  version: z.literal(1),
  device: z.object({ id, signingSeed: hex, agreementKey: hex }),
  account: z
    .object({
      id,
      name: z.string(),
      genesis: hex,
      identitySeed: hex.nullable(),
      nextSeed: hex.nullable(),
      certificate: hex,
      acceptance: hex,
      log: z.array(hex).default([]),
    })
    .nullable(),
  replaces: z.object({ id, signingSeed: hex.nullable() }).nullable(),
  spaces: z.array(
    z.object({
      id,
      secret: hex,
      peers: z.array(z.object({ device: id, addresses: z.array(z.string()) })),
    }),
  ),
});

export function createFileVault(dataDir: string): Vault {
  const path = join(dataDir, fileName);
  return {
    load() {
      let text: string;
      try {
        text = readFileSync(path, "utf8");
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
        throw error;
      }
      return parse(text, path);
    },
    save(secrets) {
      try {
        write(secrets);
      } catch (error) {
        const full =
          error instanceof Error &&
          "code" in error &&
          (error.code === "ENOSPC" || error.code === "EDQUOT");
        throw new StoreError(full ? "full" : "io", `${path} could not be written`, error);
      }
    },
    isProtected: () => false,
  };

  function write(secrets: Secrets): void {
    const draft = `${path}.tmp`;
    const file = openSync(draft, "w", 0o600);
    try {
      writeSync(
        file,
        `${JSON.stringify({ version: 1, ...secrets }, (_, value) => (value instanceof Uint8Array ? toHex(value) : (value as unknown)), 2)}\n`,
      );
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
    syncFolder(dataDir);
  }
}

function parse(text: string, path: string): Secrets {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  const parsed = form.safeParse(value);
  if (parsed.success) {
    const { version: _, ...secrets } = parsed.data;
    return secrets as unknown as Secrets;
  }
  throw new StartError(
    "database-damaged",
    `${path} is damaged: it holds this device's keys. It was left as it is. Put back a copy of it, or begin anew with another --data folder.`,
  );
}

/** The renaming itself must survive a power cut. Windows has no such call, and journals it. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
