/**
 * A push that only the browser can read that subscribed (RFC 8291): a key agreed upon between a key pair made for this one
 * push and that of the browser, and one record of aes128gcm (RFC 8188), padded. Pure but for the key pair and the salt.
 */
import { createCipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";

export interface BrowserKeys {
  /** The browser's public key: P-256, uncompressed, 65 bytes. */
  p256dh: Uint8Array;
  /** 16 bytes that the browser made. */
  auth: Uint8Array;
}

/** Made for one push and forgotten; given only where a test wants to know what comes of it. */
export interface OnceOnly {
  /** P-256, 32 bytes. */
  privateKey: Uint8Array;
  /** 16 bytes. */
  salt: Uint8Array;
}

const curve = "prime256v1";
const recordBytes = 4_096;
/** Ends the text of the last record; what follows is padding. */
const lastRecord = 2;

/** The body of the request. @param padTo the text and its padding together, bytes. @throws where the browser's key is none */
export function encryptPush(
  text: Uint8Array,
  { p256dh, auth }: BrowserKeys,
  padTo = text.length,
  once?: OnceOnly,
): Uint8Array {
  const pair = createECDH(curve);
  if (once === undefined) pair.generateKeys();
  else pair.setPrivateKey(once.privateKey);
  const salt = once?.salt ?? randomBytes(16);
  const ownKey = pair.getPublicKey();
  const agreed = pair.computeSecret(p256dh);
  const input = hkdf(
    agreed,
    auth,
    Buffer.concat([Buffer.from("WebPush: info\0"), p256dh, ownKey]),
    32,
  );
  const key = hkdf(input, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = hkdf(input, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  const plain = Buffer.concat([
    text,
    Buffer.of(lastRecord),
    Buffer.alloc(Math.max(0, padTo - text.length)),
  ]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(recordBytes);
  head.writeUInt8(ownKey.length, 4);
  return Buffer.concat([
    salt,
    head,
    ownKey,
    cipher.update(plain),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

function hkdf(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, salt, info, length));
}
