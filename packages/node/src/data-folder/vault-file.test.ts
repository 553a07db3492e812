import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNodeCrypto, createNodeRandom } from "@multichat/crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadSecrets } from "../engine/secrets.ts";
import { createFileVault } from "./vault-file.ts";

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
