/** The Crypto port on node:crypto (OpenSSL). Everything is synchronous; verifying off the main thread is the caller's business. */
import { createHash, createHmac, hash, hkdfSync, sign, verify } from "node:crypto";
import type { Crypto } from "@multichat/core/ports";
import { createPublicKeyCache, createSigningKeyCache } from "./key-cache.ts";
import { importedPublicKeys } from "./limits.ts";
import { plainBytes } from "./plain-bytes.ts";
import { importPrivateKey, publicHalf } from "./raw-keys.ts";
import { isStrictlyEncoded } from "./strict-ed25519.ts";

const noSalt = new Uint8Array(0);

export function createNodeCrypto(): Crypto {
  const verifyingKey = createPublicKeyCache(importedPublicKeys);
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
      return verify(null, message, verifyingKey(publicKey), signature);
    },
    agreementPublicKey: (privateKey) => publicHalf(importPrivateKey("x25519", privateKey)),
  };
}
