import { sign, verify } from "node:crypto";
import type { Ed25519 } from "./ed25519.ts";
import { createPublicKeyCache, createSigningKeyCache } from "./key-cache.ts";
import { importedPublicKeys } from "./limits.ts";
import { plainBytes } from "./plain-bytes.ts";
import { importPrivateKey, publicHalf } from "./raw-keys.ts";

export function opensslEd25519(): Ed25519 {
  const verifyingKey = createPublicKeyCache(importedPublicKeys);
  const signingKey = createSigningKeyCache((seed) => importPrivateKey("ed25519", seed));
  return {
    publicKey: (seed) => publicHalf(signingKey(seed)),
    sign: (seed, message) => plainBytes(sign(null, message, signingKey(seed))),
    verify: (publicKey, message, signature) =>
      verify(null, message, verifyingKey(publicKey), signature),
  };
}
