/** A browser's side of a push (RFC 8291), written apart from what it tests. */
import { createDecipheriv, createECDH, createHmac, randomBytes } from "node:crypto";
import type { BrowserKeys } from "../encrypt.ts";

export interface PushBrowser {
  keys: BrowserKeys;
  /** @throws where it is for somebody else, or was changed */
  read(body: Uint8Array): string;
}

export function newBrowser(): PushBrowser {
  const pair = createECDH("prime256v1");
  const p256dh = pair.generateKeys();
  const auth = randomBytes(16);
  return {
    keys: { p256dh, auth },
    read: (body) => decryptPush(body, { privateKey: pair.getPrivateKey(), auth }).text.toString(),
  };
}

export function decryptPush(
  body: Uint8Array,
  { privateKey, auth }: { privateKey: Uint8Array; auth: Uint8Array },
): { text: Buffer; padding: number } {
  const bytes = Buffer.from(body);
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(privateKey);
  const [salt, keyLength] = [bytes.subarray(0, 16), bytes[20]!];
  const sender = bytes.subarray(21, 21 + keyLength);
  const sealed = bytes.subarray(21 + keyLength);
  const agreed = hmac(auth, pair.computeSecret(sender));
  const input = hmac(
    agreed,
    Buffer.concat([Buffer.from("WebPush: info\0"), pair.getPublicKey(), sender, Buffer.of(1)]),
  );
  const pseudoRandom = hmac(salt, input);
  const key = hmac(pseudoRandom, Buffer.from("Content-Encoding: aes128gcm\0\u0001")).subarray(
    0,
    16,
  );
  const nonce = hmac(pseudoRandom, Buffer.from("Content-Encoding: nonce\0\u0001")).subarray(0, 12);
  const cipher = createDecipheriv("aes-128-gcm", key, nonce);
  cipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  const end = plain.findLastIndex((byte) => byte !== 0);
  if (plain[end] !== 2) throw new Error("not the last record");
  return { text: plain.subarray(0, end), padding: plain.length - end - 1 };
}

function hmac(key: Uint8Array, bytes: Uint8Array): Buffer {
  return createHmac("sha256", key).update(bytes).digest();
}
