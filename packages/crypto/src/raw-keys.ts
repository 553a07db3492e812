/**
 * Raw 32-byte keys (the form of the port and the wire) as Node's key objects. RFC 8410 wraps such a key in a fixed DER prefix,
 * which is all the ASN.1 there is to it.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

const rawKeyLength = 32;

/** The curves of RFC 8410, by the last byte of their object identifier 1.3.101.x. */
const curves = { x25519: 110, ed25519: 112 } as const;
type Curve = keyof typeof curves;

const privatePrefix = (curve: Curve): Uint8Array =>
  Uint8Array.of(
    0x30,
    46,
    2,
    1,
    0,
    0x30,
    5,
    6,
    3,
    0x2b,
    0x65,
    curves[curve],
    4,
    34,
    4,
    rawKeyLength,
  );
const publicPrefix = (curve: Curve): Uint8Array =>
  Uint8Array.of(0x30, 42, 0x30, 5, 6, 3, 0x2b, 0x65, curves[curve], 3, 33, 0);

const prefixes = {
  private: { x25519: privatePrefix("x25519"), ed25519: privatePrefix("ed25519") },
  public: { x25519: publicPrefix("x25519"), ed25519: publicPrefix("ed25519") },
} as const;

/** @throws RangeError if `raw` is not 32 bytes */
export function importPrivateKey(curve: Curve, raw: Uint8Array): KeyObject {
  const der = wrap(prefixes.private[curve], raw);
  try {
    return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  } finally {
    der.fill(0);
  }
}

/** @throws RangeError if `raw` is not 32 bytes */
export function importPublicKey(curve: Curve, raw: Uint8Array): KeyObject {
  return createPublicKey({ key: wrap(prefixes.public[curve], raw), format: "der", type: "spki" });
}

export function publicHalf(privateKey: KeyObject): Uint8Array {
  const der = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return new Uint8Array(der.subarray(der.length - rawKeyLength));
}

/** @throws RangeError if `raw` is not 32 bytes */
export function checkKeyLength(raw: Uint8Array): void {
  if (raw.length !== rawKeyLength) throw new RangeError(`a key has ${rawKeyLength} bytes, not ${raw.length}`);
}

function wrap(prefix: Uint8Array, raw: Uint8Array): Buffer {
  checkKeyLength(raw);
  const der = Buffer.alloc(prefix.length + raw.length);
  der.set(prefix);
  der.set(raw, prefix.length);
  return der;
}
