import type { Ed25519 } from "./ed25519.ts";
import { createSigningKeyCache } from "./key-cache.ts";
import type { Libsodium } from "./libsodium.ts";
import { checkKeyLength } from "./raw-keys.ts";

const publicKeyLength = 32;
const signatureLength = 64;
/** The seed with the public key after it. */
const secretKeyLength = 64;

export function libsodiumEd25519(sodium: Libsodium): Ed25519 {
  const secretKey = createSigningKeyCache((seed) => {
    checkKeyLength(seed);
    const secret = new Uint8Array(secretKeyLength);
    sodium.crypto_sign_seed_keypair(new Uint8Array(publicKeyLength), secret, seed);
    return secret;
  });
  return {
    publicKey: (seed) => secretKey(seed).slice(-publicKeyLength),
    sign(seed, message) {
      const signature = new Uint8Array(signatureLength);
      sodium.crypto_sign_detached(signature, message, secretKey(seed));
      return signature;
    },
    verify: (publicKey, message, signature) =>
      sodium.crypto_sign_verify_detached(signature, message, publicKey),
  };
}
