/** The Crypto port on node:crypto (OpenSSL). Everything in it is synchronous; beside it, checks can be begun ahead on other threads. */
import { createHash, createHmac, diffieHellman, hash, hkdfSync, sign, verify } from "node:crypto";
import type { Crypto } from "@multichat/core/ports";
import { decrypt, encrypt } from "./chacha20-poly1305.ts";
import { createPublicKeyCache, createSigningKeyCache } from "./key-cache.ts";
import { importedPublicKeys } from "./limits.ts";
import { plainBytes } from "./plain-bytes.ts";
import { importPrivateKey, importPublicKey, publicHalf } from "./raw-keys.ts";
import { isStrictlyEncoded } from "./strict-ed25519.ts";
import { type VerifyAhead, createVerifyAhead } from "./verify-ahead.ts";

const noSalt = new Uint8Array(0);

export interface NodeCrypto extends Crypto {
  /** Begins checks that verify() will be asked for; see verify-ahead.ts. */
  verifyAhead: VerifyAhead["begin"];
}

export function createNodeCrypto(): NodeCrypto {
  const verifyingKey = createPublicKeyCache(importedPublicKeys);
  const ahead = createVerifyAhead(verifyingKey);
  const signingKey = createSigningKeyCache();
  return {
    sha256(...parts) {
      if (parts.length === 1) return plainBytes(hash("sha256", parts[0]!, "buffer"));
      const digest = createHash("sha256");
      for (const part of parts) digest.update(part);
      return plainBytes(digest.digest());
    },
    hmacSha256: (key, data) => plainBytes(createHmac("sha256", key).update(data).digest()),
    hkdf: (secret, info, length) =>
      new Uint8Array(hkdfSync("sha256", secret, noSalt, info, length)),
    publicKey: (seed) => publicHalf(signingKey(seed)),
    sign: (seed, message) => plainBytes(sign(null, message, signingKey(seed))),
    verify(publicKey, message, signature) {
      if (!isStrictlyEncoded(publicKey, signature)) return false;
      return ahead.take({ publicKey, message, signature }) ?? verify(null, message, verifyingKey(publicKey), signature);
    },
    verifyAhead: ahead.begin,
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
