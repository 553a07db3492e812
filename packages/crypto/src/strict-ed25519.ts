/**
 * The cheap half of the strict Ed25519 rule (spec/01-encoding.md, "Signature"): what can be refused by looking at the bytes. The
 * other half, encode([S]B − [k]A) = R without cofactor, is computed underneath (ed25519.ts).
 *
 * Both refusals of points come down to the number y alone. The eight points of small order have only five values of y between them,
 * and the two encodings with x = 0 and the sign bit set (y = 1 and y = p − 1) are among those.
 */
const publicKeyLength = 32;
const signatureLength = 64;

/** Values of y (little-endian, sign bit clear) of the points of order 1, 2, 4 and 8. */
const smallOrder: readonly Uint8Array[] = [
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
].map((hex) => new Uint8Array(Buffer.from(hex, "hex")));

/** The order of the base point, L = 2^252 + 27742317777372353535851937790883648493, little-endian. */
const groupOrder = new Uint8Array(
  Buffer.from("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010", "hex"),
);
/** The field's prime, p = 2^255 − 19, little-endian. */
const prime = new Uint8Array(
  Buffer.from("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "hex"),
);

/** Whether the lengths and encodings allow the signature to be looked at any further. */
export function isStrictlyEncoded(publicKey: Uint8Array, signature: Uint8Array): boolean {
  return (
    publicKey.length === publicKeyLength &&
    signature.length === signatureLength &&
    isBelow(signature, 32, groupOrder, 0xff) &&
    isStrictPoint(publicKey) &&
    isStrictPoint(signature)
  );
}

/** Judges the first 32 bytes. */
function isStrictPoint(bytes: Uint8Array): boolean {
  return isBelow(bytes, 0, prime, 0x7f) && !smallOrder.some((y) => hasY(bytes, y));
}

/** Compares 32 little-endian bytes at `offset` with `bound`; the top byte is masked with `topMask`. */
function isBelow(bytes: Uint8Array, offset: number, bound: Uint8Array, topMask: number): boolean {
  for (let i = 31; i >= 0; i--) {
    const byte = i === 31 ? bytes[offset + i]! & topMask : bytes[offset + i]!;
    if (byte !== bound[i]!) return byte < bound[i]!;
  }
  return false;
}

function hasY(bytes: Uint8Array, y: Uint8Array): boolean {
  for (let i = 0; i < 31; i++) if (bytes[i] !== y[i]) return false;
  return (bytes[31]! & 0x7f) === y[31];
}
