/**
 * The primitives the protocol stands on (spec/01-encoding.md). Synchronous: the engine calls them from its own
 * thread. Keys are raw 32-byte values at this border; an adapter may cache its own form of them.
 */
export interface Crypto {
  sha256(...parts: Uint8Array[]): Uint8Array;
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** HKDF-SHA-256 with an empty salt (RFC 5869). */
  hkdf(secret: Uint8Array, info: string, length: number): Uint8Array;
  /** Ed25519 (RFC 8032): the 32-byte public key of a 32-byte seed. */
  publicKey(seed: Uint8Array): Uint8Array;
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array;
  /** Strict: refuses non-canonical encodings and small-order points (spec/01-encoding.md). */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /** X25519 (RFC 7748): the public key of a 32-byte private key. */
  agreementPublicKey(privateKey: Uint8Array): Uint8Array;
  /** X25519 (RFC 7748): what two share; null if the other's key is of low order, so that anyone would know it. */
  agree(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array | null;
  /** ChaCha20-Poly1305 (RFC 8439) with a 32-byte key and a 12-byte nonce; the 16-byte tag stands at the end. */
  encrypt(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array;
  /** Null if it was changed, or made with another key, nonce or aad. */
  decrypt(key: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array, aad: Uint8Array): Uint8Array | null;
}
