/**
 * HPKE in base mode, single shot (RFC 9180): seals something for whoever has an X25519 private key, under a context
 * that both sides know. DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305.
 */
import { concat } from "@multichat/protocol";
import type { Crypto } from "../ports/index.ts";

export interface Sealed {
  /** The ephemeral public key, 32 bytes. */
  enc: Uint8Array;
  /** 16 bytes longer than what is in it. */
  ciphertext: Uint8Array;
}

type Primitives = Pick<Crypto, "hmacSha256" | "agree" | "agreementPublicKey" | "encrypt" | "decrypt">;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const empty = new Uint8Array(0);
const rfc = ascii("HPKE-v1");
const kem = concat(ascii("KEM"), new Uint8Array([0x00, 0x20]));
const suite = concat(ascii("HPKE"), new Uint8Array([0x00, 0x20, 0x00, 0x01, 0x00, 0x03]));
const baseMode = new Uint8Array([0]);

/** `ephemeralKey` is 32 random bytes, used for nothing else. Null if nobody can have the private half of `publicKey`. */
export function hpkeSeal(crypto: Primitives, publicKey: Uint8Array, ephemeralKey: Uint8Array, info: Uint8Array, plaintext: Uint8Array, aad: Uint8Array = empty): Sealed | null {
  const enc = crypto.agreementPublicKey(ephemeralKey);
  const shared = crypto.agree(ephemeralKey, publicKey);
  if (shared === null) return null;
  const { key, nonce } = schedule(crypto, shared, enc, publicKey, info);
  return { enc, ciphertext: crypto.encrypt(key, nonce, plaintext, aad) };
}

/** Null if it was not sealed for this key under this context. */
export function hpkeOpen(crypto: Primitives, privateKey: Uint8Array, info: Uint8Array, sealed: Sealed, aad: Uint8Array = empty): Uint8Array | null {
  const shared = crypto.agree(privateKey, sealed.enc);
  if (shared === null) return null;
  const { key, nonce } = schedule(crypto, shared, sealed.enc, crypto.agreementPublicKey(privateKey), info);
  return crypto.decrypt(key, nonce, sealed.ciphertext, aad);
}

/** RFC 9180, sections 4.1 and 5.1: from the Diffie-Hellman result to the key and the nonce of the first message. */
function schedule(crypto: Primitives, dh: Uint8Array, enc: Uint8Array, receiver: Uint8Array, info: Uint8Array): { key: Uint8Array; nonce: Uint8Array } {
  const extract = (id: Uint8Array, salt: Uint8Array, label: string, input: Uint8Array): Uint8Array =>
    crypto.hmacSha256(salt, concat(rfc, id, ascii(label), input));
  // One block is enough for all that is asked for.
  const expand = (id: Uint8Array, secret: Uint8Array, label: string, context: Uint8Array, length: number): Uint8Array =>
    crypto.hmacSha256(secret, concat(new Uint8Array([0, length]), rfc, id, ascii(label), context, new Uint8Array([1]))).slice(0, length);
  const shared = expand(kem, extract(kem, empty, "eae_prk", dh), "shared_secret", concat(enc, receiver), 32);
  const context = concat(baseMode, extract(suite, empty, "psk_id_hash", empty), extract(suite, empty, "info_hash", info));
  const secret = extract(suite, shared, "secret", empty);
  return { key: expand(suite, secret, "key", context, 32), nonce: expand(suite, secret, "base_nonce", context, 12) };
}
