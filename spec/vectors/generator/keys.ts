/** Deterministic keys, bytes and ids for the vectors, and the primitives of spec/01-encoding.md on node:crypto. */
import { createHash, createHmac, createPrivateKey, createPublicKey, hkdfSync, sign as signRaw } from "node:crypto";
import { toHex } from "@multichat/protocol";

const ascii = new TextEncoder();
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

export const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

export function sha256(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(createHash("sha256").update(join(...parts)).digest());
}

/** H(label, bytes…) */
export const labelled = (label: string, ...parts: Uint8Array[]): Uint8Array => sha256(ascii.encode(label), ...parts);

export const hmac = (key: Uint8Array, ...parts: Uint8Array[]): Uint8Array =>
  new Uint8Array(createHmac("sha256", key).update(join(...parts)).digest());

export const kdf = (secret: Uint8Array, label: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret, new Uint8Array(0), label, 32));

export const label = (text: string): Uint8Array => ascii.encode(text);

/** `length` bytes that depend on `name` alone. */
export function bytes(name: string, length = 32): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => sha256(label(`vectors/${name}/${i}`)));
  return join(...blocks).slice(0, length);
}

/** As `bytes`, for the ids of things that no vector holds. */
export const id = <Id extends string>(name: string): Id => toHex(bytes(name)) as Id;

export const ascendingIds = <Id extends string>(name: string, count: number): Id[] =>
  Array.from({ length: count }, (_, i) => id<Id>(`${name}${i}`)).sort();

export interface KeyPair {
  seed: Uint8Array;
  key: Uint8Array;
  id: string;
}

export function keyPair(seed: Uint8Array): KeyPair {
  const { x } = createPublicKey(privateKey(seed)).export({ format: "jwk" });
  const key = new Uint8Array(Buffer.from(x!, "base64url"));
  return { seed, key, id: toHex(key) };
}

/** S(key, label, bytes) */
export function sign(pair: KeyPair, labelText: string, ...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(signRaw(null, join(label(labelText), ...parts), privateKey(pair.seed)));
}

function privateKey(seed: Uint8Array) {
  return createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });
}

/** The people and devices that appear throughout the vectors. */
export const ada = {
  identity: keyPair(bytes("ada/identity")),
  next: keyPair(bytes("ada/next identity")),
  afterNext: keyPair(bytes("ada/identity after next")),
  laptop: keyPair(bytes("ada/laptop")),
  phone: keyPair(bytes("ada/phone")),
};
export const bob = { identity: keyPair(bytes("bob/identity")), laptop: keyPair(bytes("bob/laptop")) };
export const mallory = keyPair(bytes("mallory/key"));
