/** The vault as a file that only its owner can read, replaced whole or not at all (spec/08-store.md). */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "@multichat/core/ports";
import { fromHex, toHex } from "@multichat/protocol";
import { z } from "zod";
import { StartError } from "../api/start-error.ts";
import { type Sealed, type VaultKey, newVaultKey, seal, sealedForm, unlockKey, unseal } from "./sealed-keys.ts";
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

const sealedFile = z.object({ version: z.literal(1), sealed: sealedForm });

export function keysPath(dataDir: string): string {
  return join(dataDir, fileName);
}

export function databasePath(dataDir: string): string {
  return join(dataDir, "multichat.sqlite");
}

/** What of the keys a passphrase has to open first; null where there is none, or no file. */
export function readSealedKeys(dataDir: string): Sealed | null {
  const text = readIfThere(keysPath(dataDir));
  const parsed = text === null ? null : sealedFile.safeParse(jsonOf(text));
  return parsed?.success === true ? parsed.data.sealed : null;
}

/**
 * @param options.key of the passphrase, where the file has one
 * @param options.keyChanged told of another passphrase, or none any more: whoever opens the file again needs it
 */
export function createFileVault(
  dataDir: string,
  options: { key?: VaultKey | null; keyChanged?: (key: VaultKey | null) => void } = {},
): Vault {
  const path = keysPath(dataDir);
  let key = options.key ?? null;
  return {
    load() {
      const text = readIfThere(path);
      if (text === null) return null;
      const sealed = readSealedKeys(dataDir);
      if (sealed === null) return parse(text, path);
      if (key === null) throw new StartError("locked", `${path} is encrypted: its passphrase is needed.`);
      const opened = unseal(sealed, key);
      if (opened === null) throw damagedKeys(path);
      return parse(opened, path);
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
    isProtected: () => key !== null,
    opens: (passphrase) => {
      const sealed = readSealedKeys(dataDir);
      return sealed !== null && unlockKey(sealed, passphrase) !== null;
    },
    protect(passphrase) {
      const secrets = this.load();
      const before = key;
      key = passphrase === null ? null : newVaultKey(passphrase);
      try {
        if (secrets !== null) this.save(secrets);
      } catch (error) {
        // What is on the disk opens with the old one.
        key = before;
        throw error;
      }
      options.keyChanged?.(key);
    },
  };

  function contentOf(secrets: Secrets): string {
    const plain = JSON.stringify({ version: 1, ...secrets }, (_, value) => (value instanceof Uint8Array ? toHex(value) : (value as unknown)), 2);
    return key === null ? plain : JSON.stringify({ version: 1, sealed: seal(plain, key) });
  }

  function write(secrets: Secrets): void {
    const draft = `${path}.tmp`;
    try {
      const file = openSync(draft, "w", 0o600);
      try {
        // Goes on until all is written: a disk that is nearly full takes a part of it and calls that no error.
        writeFileSync(file, `${contentOf(secrets)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(draft, path);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
    syncFolder(dataDir);
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function parse(text: string, path: string): Secrets {
  const parsed = form.safeParse(jsonOf(text));
  if (!parsed.success) throw damagedKeys(path);
  const { version: _, ...secrets } = parsed.data;
  return secrets as unknown as Secrets;
}

function damagedKeys(path: string): StartError {
  return new StartError(
    "database-damaged",
    `${path} is damaged: it holds this device's keys. It was left as it is. Put back a copy of it, or begin anew with another --data folder.`,
  );
}

/**
 * Keys are made before the database is: where it is and they are not, they have been there. New ones would be another device's.
 * @throws StartError
 */
export function refuseMissingKeys(dataDir: string): void {
  const path = keysPath(dataDir);
  if (existsSync(path) || !existsSync(databasePath(dataDir))) return;
  throw new StartError(
    "keys-missing",
    `${path} is missing: it holds the keys of the device whose database this is. Nothing was changed. Put back a copy of it. Without one, begin anew with another --data folder, where your account comes back with its recovery phrase, a backup, or another device of yours.`,
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
