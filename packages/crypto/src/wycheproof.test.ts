/** Google's Wycheproof vectors, where the machine has them: they are too large to carry along. */
import { diffieHellman } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createNodeCrypto } from "./index.ts";
import { ed25519OfEach } from "../test/ed25519/of-each.ts";
import { importPrivateKey, importPublicKey } from "./raw-keys.ts";

const folder = new URL("../../../../shared/vectors/wycheproof/", import.meta.url);
const crypto = createNodeCrypto();
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));

interface Case {
  tcId: number;
  comment: string;
  result: "valid" | "invalid" | "acceptable";
}
interface Group<C extends Case> {
  publicKey?: { pk: string };
  tests: C[];
}

function groups<C extends Case>(file: string): Group<C>[] {
  const parsed = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as {
    testGroups: Group<C>[];
  };
  return parsed.testGroups;
}

const skipped = existsSync(folder) ? "" : " (skipped: no vectors beside the project)";

describe.skipIf(skipped !== "")(`Wycheproof${skipped}`, () => {
  test.each(ed25519OfEach)("Ed25519 by %s", (_name, create) => {
    const ed25519 = create();
    let count = 0;
    for (const group of groups<Case & { msg: string; sig: string }>("ed25519_test.json")) {
      for (const { tcId, comment, msg, sig, result } of group.tests) {
        const accepted = ed25519.verify(bytes(group.publicKey!.pk), bytes(msg), bytes(sig));
        expect(accepted, `${tcId} ${comment}`).toBe(result === "valid");
        count++;
      }
    }
    expect(count).toBeGreaterThan(100);
  });

  test("X25519: the private and public keys made here agree on the expected secret", () => {
    const basePoint = importPublicKey("x25519", bytes(`09${"00".repeat(31)}`));
    let agreed = 0;
    for (const group of groups<Case & { public: string; private: string; shared: string }>(
      "x25519_test.json",
    )) {
      for (const { tcId, comment, shared, result, ...keys } of group.tests) {
        const privateKey = importPrivateKey("x25519", bytes(keys.private));
        const agreedOn = crypto.agree(bytes(keys.private), bytes(keys.public));
        // "acceptable" are twists and points of low order; of these anyone knows the result.
        const known = /^0+$/.test(shared);
        expect(agreedOn, `${tcId} ${comment}`).toEqual(known ? null : bytes(shared));
        if (result !== "valid") continue;
        const secret = diffieHellman({
          privateKey,
          publicKey: importPublicKey("x25519", bytes(keys.public)),
        });
        expect(secret.toString("hex"), `${tcId} ${comment}`).toBe(shared);
        const publicHalf = diffieHellman({ privateKey, publicKey: basePoint });
        expect(crypto.agreementPublicKey(bytes(keys.private))).toEqual(new Uint8Array(publicHalf));
        agreed++;
      }
    }
    expect(agreed).toBeGreaterThan(100);
  });

  test("ChaCha20-Poly1305 with nonces of 96 bits", () => {
    let count = 0;
    for (const group of groups<Case & { key: string; iv: string; aad: string; msg: string; ct: string; tag: string }>(
      "chacha20_poly1305_test.json",
    )) {
      for (const { tcId, comment, key, iv, aad, msg, ct, tag, result } of group.tests) {
        if (iv.length !== 24) continue;
        const opened = crypto.decrypt(bytes(key), bytes(iv), bytes(ct + tag), bytes(aad));
        expect(opened, `${tcId} ${comment}`).toEqual(result === "valid" ? bytes(msg) : null);
        const sealed = crypto.encrypt(bytes(key), bytes(iv), bytes(msg), bytes(aad));
        expect(Buffer.from(sealed).toString("hex") === ct + tag, `${tcId} ${comment}`).toBe(result === "valid");
        count++;
      }
    }
    expect(count).toBeGreaterThan(100);
  });

  test("HKDF-SHA-256, those with an empty salt and a text as info", () => {
    let count = 0;
    for (const group of groups<
      Case & { ikm: string; salt: string; info: string; size: number; okm: string }
    >("hkdf_sha256_test.json")) {
      for (const { tcId, comment, ikm, salt, info, size, okm, result } of group.tests) {
        const label = Buffer.from(info, "hex").toString("utf8");
        if (
          salt !== "" ||
          Buffer.from(label, "utf8").toString("hex") !== info ||
          result !== "valid"
        )
          continue;
        expect(crypto.hkdf(bytes(ikm), label, size), `${tcId} ${comment}`).toEqual(bytes(okm));
        count++;
      }
    }
    expect(count).toBeGreaterThan(5);
  });
});
