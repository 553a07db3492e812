/** Hashes and signatures that cost next to nothing: whoever knows a public key could make them. The fuzz is about rules, and makes no forgeries. */
import type { Crypto } from "@multichat/core/ports";
import { concat, toHex } from "@multichat/protocol";

/** 256 bits in four lanes, mixed as in MurmurHash3; no two different inputs of a history meet. */
function sha256(...parts: Uint8Array[]): Uint8Array {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef];
  for (const part of parts) {
    for (const byte of part) {
      a = Math.imul(a ^ byte, 0x85ebca6b);
      b = Math.imul(b ^ byte ^ (a >>> 13), 0xc2b2ae35);
      c = Math.imul(c ^ byte ^ (b >>> 16), 0x27d4eb2f);
      d = Math.imul(d ^ byte ^ (c >>> 15), 0x165667b1);
    }
  }
  const out = new Uint32Array(8);
  for (let i = 0; i < 8; i++) {
    a = Math.imul(a ^ (d >>> 15) ^ i, 0x85ebca6b);
    b = Math.imul(b ^ (a >>> 13), 0xc2b2ae35);
    c = Math.imul(c ^ (b >>> 16), 0x27d4eb2f);
    d = Math.imul(d ^ (c >>> 14), 0x165667b1);
    out[i] = a ^ b ^ c ^ d;
  }
  return new Uint8Array(out.buffer);
}

const publicKey = (seed: Uint8Array): Uint8Array => sha256(seed);

function mark(key: Uint8Array, message: Uint8Array): Uint8Array {
  return concat(sha256(key, message), new Uint8Array(32));
}

function unused(): never {
  throw new Error("the fuzz has no use for this");
}

export const fakeCrypto: Crypto = {
  sha256,
  publicKey,
  sign: (seed, message) => mark(publicKey(seed), message),
  verify: (key, message, signature) => toHex(mark(key, message)) === toHex(signature),
  agreementPublicKey: publicKey,
  hmacSha256: unused,
  hkdf: (secret) => sha256(secret),
  agree: unused,
  encrypt: unused,
  decrypt: unused,
};
