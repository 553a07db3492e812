/** ChaCha20-Poly1305 (RFC 8439) on OpenSSL, with the tag at the end. */
import { createCipheriv, createDecipheriv } from "node:crypto";

const cipher = "chacha20-poly1305";
const tagLength = 16;

export function encrypt(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array {
  const state = createCipheriv(cipher, key, nonce, { authTagLength: tagLength });
  state.setAAD(aad, { plaintextLength: plaintext.length });
  const body = [state.update(plaintext), state.final()];
  return new Uint8Array(Buffer.concat([...body, state.getAuthTag()]));
}

export function decrypt(key: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array, aad: Uint8Array): Uint8Array | null {
  if (ciphertext.length < tagLength) return null;
  const body = ciphertext.subarray(0, -tagLength);
  const state = createDecipheriv(cipher, key, nonce, { authTagLength: tagLength });
  state.setAAD(aad, { plaintextLength: body.length });
  state.setAuthTag(ciphertext.subarray(-tagLength));
  const opened = state.update(body);
  try {
    return new Uint8Array(Buffer.concat([opened, state.final()]));
  } catch {
    // The tag does not fit.
    return null;
  }
}
