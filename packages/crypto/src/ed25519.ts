/**
 * Ed25519 (RFC 8032) over raw keys. libsodium computes it in half the time OpenSSL takes; where it has no build for the machine,
 * OpenSSL does. Which of the two it was cannot be told from any result: whatever they might judge differently is refused before
 * (strict-ed25519.ts), and both are tested with the same vectors.
 */
import { libsodium } from "./libsodium.ts";
import { libsodiumEd25519 } from "./ed25519-libsodium.ts";
import { opensslEd25519 } from "./ed25519-openssl.ts";
import { isStrictlyEncoded } from "./strict-ed25519.ts";

export interface Ed25519 {
  /** @throws RangeError if the seed is not 32 bytes */
  publicKey(seed: Uint8Array): Uint8Array;
  /** 64 bytes. @throws RangeError if the seed is not 32 bytes */
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array;
  /** Whether encode([S]B − [k]A) = R, without cofactor. The key has 32 bytes and the signature 64. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/** By the strict rule (spec/01-encoding.md, "Signature"): keys and signatures of any length and content are an answer. */
export function createEd25519(underneath: Ed25519 = fastest()): Ed25519 {
  return {
    ...underneath,
    verify: (publicKey, message, signature) =>
      isStrictlyEncoded(publicKey, signature) && underneath.verify(publicKey, message, signature),
  };
}

function fastest(): Ed25519 {
  return libsodium === null ? opensslEd25519() : libsodiumEd25519(libsodium);
}
