import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNodeCrypto, createNodeRandom } from "@multichat/crypto";
import { toHex } from "@multichat/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadSecrets } from "../engine/secrets.ts";
import { type VaultKey, unlockKey } from "./sealed-keys.ts";
import { createFileVault, readSealedKeys } from "./vault-file.ts";

describe("the vault file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vault-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("holds nothing before the first start", () => {
    expect(createFileVault(folder).load()).toBeNull();
  });

  it("gives back what was saved, to another process too", () => {
    const saved = loadSecrets(createFileVault(folder), createNodeCrypto(), createNodeRandom());
    const again = createFileVault(folder).load();
    expect(again).toEqual(saved);
    const account = {
      id: saved.device.id as never,
      name: "Alice",
      genesis: new Uint8Array([1]),
      identitySeed: null,
      nextSeed: new Uint8Array(32),
      certificate: new Uint8Array([2]),
      acceptance: new Uint8Array(64),
      log: [new Uint8Array([3, 4])],
    };
    createFileVault(folder).save({ ...saved, account });
    expect(createFileVault(folder).load()).toEqual({ ...saved, account });
  });

  it.skipIf(process.platform === "win32")("is for its owner alone", () => {
    loadSecrets(createFileVault(folder), createNodeCrypto(), createNodeRandom());
    expect(statSync(join(folder, "keys.json")).mode & 0o777).toBe(0o600);
  });

  it.each(["", "{", "null", `{"version":1}`, `{"version":2,"device":{}}`])(
    "refuses a damaged file and leaves it as it is: %s",
    (text) => {
      writeFileSync(join(folder, "keys.json"), text);
      expect(() => createFileVault(folder).load()).toThrow(/damaged/);
      expect(readFileSync(join(folder, "keys.json"), "utf8")).toBe(text);
    },
  );
});

describe("keys with a passphrase", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vault-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are encrypted from then on, and need it to be read", () => {
    const vault = createFileVault(folder);
    const saved = loadSecrets(vault, createNodeCrypto(), createNodeRandom());
    let told: VaultKey | null = null;
    const protecting = createFileVault(folder, { keyChanged: (key) => (told = key) });
    protecting.protect("correct horse");
    const text = readFileSync(join(folder, "keys.json"), "utf8");
    expect(text).not.toContain(toHex(saved.device.signingSeed));
    expect(protecting.isProtected()).toBe(true);
    expect(protecting.load()).toEqual(saved);
    expect(() => createFileVault(folder).load()).toThrow(/passphrase/);
    expect(createFileVault(folder, { key: told }).load()).toEqual(saved);
    const sealed = readSealedKeys(folder)!;
    expect(unlockKey(sealed, "wrong horse")).toBeNull();
    expect(unlockKey(sealed, "correct horse")?.key).toEqual(told!["key"]);
    protecting.save({ ...saved, spaces: [] });
    expect(readFileSync(join(folder, "keys.json"), "utf8")).not.toBe(text);
  }, 30_000);

  it("are plain again when it is taken away", () => {
    const vault = createFileVault(folder);
    const saved = loadSecrets(vault, createNodeCrypto(), createNodeRandom());
    vault.protect("x");
    expect([vault.opens("x"), vault.opens("y")]).toEqual([true, false]);
    vault.protect(null);
    expect(vault.isProtected()).toBe(false);
    expect(readSealedKeys(folder)).toBeNull();
    expect(createFileVault(folder).load()).toEqual(saved);
  }, 30_000);

  it("are changed from one to another, and only the new one opens them", () => {
    const vault = createFileVault(folder);
    const saved = loadSecrets(vault, createNodeCrypto(), createNodeRandom());
    vault.protect("old");
    vault.protect("new");
    expect([vault.opens("old"), vault.opens("new")]).toEqual([false, true]);
    const key = unlockKey(readSealedKeys(folder)!, "new");
    expect(createFileVault(folder, { key }).load()).toEqual(saved);
  }, 30_000);

  it("keep the passphrase they had where a new one cannot be written", () => {
    const vault = createFileVault(folder);
    const saved = loadSecrets(vault, createNodeCrypto(), createNodeRandom());
    const told: (VaultKey | null)[] = [];
    const changing = createFileVault(folder, { keyChanged: (key) => told.push(key) });
    // Nothing can be written where the draft would stand.
    mkdirSync(join(folder, "keys.json.tmp"));
    expect(() => changing.protect("x")).toThrow("could not be written");
    expect([changing.isProtected(), told]).toEqual([false, []]);
    rmSync(join(folder, "keys.json.tmp"), { recursive: true });
    changing.save(saved);
    expect(createFileVault(folder).load()).toEqual(saved);
  }, 30_000);

  it("are refused as damaged where a byte of them was changed", () => {
    const vault = createFileVault(folder);
    loadSecrets(vault, createNodeCrypto(), createNodeRandom());
    vault.protect("x");
    const path = join(folder, "keys.json");
    const file = JSON.parse(readFileSync(path, "utf8")) as { sealed: { data: string } };
    const key = unlockKey(readSealedKeys(folder)!, "x");
    file.sealed.data = (file.sealed.data.startsWith("0") ? "1" : "0") + file.sealed.data.slice(1);
    writeFileSync(path, JSON.stringify(file));
    expect(() => createFileVault(folder, { key }).load()).toThrow(/damaged/);
  }, 30_000);
});
