/** The Crypto port on node:crypto (OpenSSL), with signatures by ed25519.ts. Everything in it is synchronous. */
import { createHash, createHmac, diffieHellman, hash, hkdfSync } from "node:crypto";
import type { Crypto } from "@multichat/core/ports";
import { decrypt, encrypt } from "./chacha20-poly1305.ts";
import { createEd25519 } from "./ed25519.ts";
import { plainBytes } from "./plain-bytes.ts";
import { importPrivateKey, importPublicKey, publicHalf } from "./raw-keys.ts";

const noSalt = new Uint8Array(0);

export function createNodeCrypto(): Crypto {
  return {
    ...createEd25519(),
    sha256(...parts) {
      if (parts.length === 1) return plainBytes(hash("sha256", parts[0]!, "buffer"));
      const digest = createHash("sha256");
      for (const part of parts) digest.update(part);
      return plainBytes(digest.digest());
    },
    hmacSha256: (key, data) => plainBytes(createHmac("sha256", key).update(data).digest()),
    hkdf: (secret, info, length) =>
      new Uint8Array(hkdfSync("sha256", secret, noSalt, info, length)),
    agreementPublicKey: (privateKey) => publicHalf(importPrivateKey("x25519", privateKey)),
    agree(privateKey, publicKey) {
      const keys = { privateKey: importPrivateKey("x25519", privateKey), publicKey: importPublicKey("x25519", publicKey) };
      try {
        return plainBytes(diffieHellman(keys));
      } catch {
        // OpenSSL refuses a result of zeros, and nothing else of two keys that were taken.
        return null;
      }
    },
    encrypt,
    decrypt,
  };
}
