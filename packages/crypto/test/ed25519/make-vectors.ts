/**
 * Makes spec/vectors/{valid,invalid}/ed25519.json. The interesting ones are signatures that some widely used verifier accepts and the
 * strict rule refuses (or the other way round), so each satisfies the equation in its cofactored or lenient form.
 */
import { createHash } from "node:crypto";
import {
  add,
  base,
  challenge,
  encode,
  encodeNumber,
  encodeRaw,
  groupOrder,
  identity,
  isSame,
  multiply,
  negate,
  type Point,
  pointAt,
  prime,
  secretScalar,
  smallOrderPoints,
} from "./edwards25519.ts";

export interface Vector {
  name: string;
  publicKey: string;
  message: string;
  signature: string;
}
export interface InvalidVector extends Vector {
  reason: string;
}

export interface VectorFile<V> {
  about: string;
  vectors: V[];
}

const torsion = smallOrderPoints();
const orders = [1, 8, 4, 8, 2, 8, 4, 8] as const;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const modulo = (value: bigint): bigint => ((value % groupOrder) + groupOrder) % groupOrder;

const seed = createHash("sha256").update("multichat ed25519 vectors").digest();
const secret = secretScalar(seed);
const key = multiply(secret, base);

/** Messages and nonces need only be different from each other and the same in every run. */
function* counted(label: string): Generator<{ message: Uint8Array; nonce: bigint }> {
  for (let i = 0; i < 10_000; i++) {
    const nonce = BigInt(`0x${createHash("sha256").update(`${label} ${i}`).digest("hex")}`);
    yield { message: text(`${label} ${i}`), nonce: modulo(nonce) };
  }
  throw new Error(`no ${label} was found`);
}

function vector(
  name: string,
  publicKey: Uint8Array,
  message: Uint8Array,
  r: Uint8Array,
  s: bigint,
): Vector {
  return {
    name,
    publicKey: hex(publicKey),
    message: hex(message),
    signature: hex(r) + hex(encodeNumber(s)),
  };
}

/** Signs with R = [nonce]B + extra under the public key [secret]B + twist, until `accept` likes the challenge. */
function signWith(
  name: string,
  twist: Point,
  extra: Point,
  accept: (k: bigint) => boolean,
): Vector {
  const publicKey = encode(add(key, twist));
  for (const { message, nonce } of counted(name)) {
    const r = encode(add(multiply(nonce, base), extra));
    const k = challenge(r, publicKey, message);
    if (accept(k)) return vector(name, publicKey, message, r, modulo(nonce + k * secret));
  }
  throw new Error("unreachable");
}

/** A signature under a public key of small order that satisfies the equation exactly, for any verifier that takes the key. */
function signUnderSmallOrder(name: string, publicKey: Uint8Array, point: Point): Vector {
  for (const { message, nonce } of counted(name)) {
    const commitment = multiply(nonce, base);
    for (const t of torsion) {
      const r = encode(add(commitment, t));
      if (isSame(multiply(challenge(r, publicKey, message), point), negate(t)))
        return vector(name, publicKey, message, r, nonce);
    }
  }
  throw new Error("unreachable");
}

/** R is the given encoding of a point of small order, S = k·a: exact for the identity, cofactored for the others. */
function signWithSmallOrderR(name: string, r: Uint8Array): Vector {
  const publicKey = encode(key);
  const message = text(name);
  return vector(name, publicKey, message, r, modulo(challenge(r, publicKey, message) * secret));
}

/** Every encoding of a point of small order: the eight canonical ones and those that a lenient decoder takes for them. */
function smallOrderEncodings(): { name: string; bytes: Uint8Array; point: Point }[] {
  const minusOne = prime - 1n;
  return [
    ...torsion.map((point, i) => ({
      name: `order ${orders[i]}, ${i} times the generator`,
      bytes: encode(point),
      point,
    })),
    { name: "order 1, x = 0 with the sign bit", bytes: encodeRaw(1n, true), point: identity },
    {
      name: "order 2, x = 0 with the sign bit",
      bytes: encodeRaw(minusOne, true),
      point: { x: 0n, y: minusOne },
    },
    ...[false, true].flatMap((odd) => [
      {
        name: `order 4, y = p${odd ? ", sign bit" : ""}`,
        bytes: encodeRaw(prime, odd),
        point: pointAt(0n, odd)!,
      },
      {
        name: `order 1, y = p + 1${odd ? ", sign bit" : ""}`,
        bytes: encodeRaw(prime + 1n, odd),
        point: identity,
      },
    ]),
  ];
}

/** RFC 8032, section 7.1. */
const published: Vector[] = [
  {
    name: "RFC 8032 test 1: empty message",
    publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    message: "",
    signature:
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  },
  {
    name: "RFC 8032 test 2: one byte",
    publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    message: "72",
    signature:
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
  {
    name: "RFC 8032 test 3: two bytes",
    publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    message: "af82",
    signature:
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  },
];

export function validVectors(): VectorFile<Vector> {
  const divisibleBy8 = (k: bigint): boolean => k % 8n === 0n;
  return {
    about:
      "Ed25519 signatures that a verifier following 01-encoding.md accepts. All fields are hex.",
    vectors: [
      ...published,
      signWith("an ordinary signature", identity, identity, () => true),
      signWith(
        "public key of mixed order, challenge divisible by 8, so that the equation holds",
        torsion[1]!,
        identity,
        divisibleBy8,
      ),
      signMixedBoth(),
    ],
  };
}

/** Key and R both carry a part of small order, and they cancel out. */
function signMixedBoth(): Vector {
  const name = "public key and R of mixed order that cancel out";
  const publicKey = encode(add(key, torsion[1]!));
  for (const { message, nonce } of counted(name)) {
    const commitment = multiply(nonce, base);
    for (let i = 1; i < 8; i++) {
      const r = encode(add(commitment, torsion[i]!));
      const k = challenge(r, publicKey, message);
      if ((k + BigInt(i)) % 8n === 0n)
        return vector(name, publicKey, message, r, modulo(nonce + k * secret));
    }
  }
  throw new Error("unreachable");
}

export function invalidVectors(): VectorFile<InvalidVector> {
  const good = signWith("an ordinary signature", identity, identity, () => true);
  const r = good.signature.slice(0, 64);
  const s = good.signature.slice(64);
  const number = (value: bigint): string => hex(encodeNumber(value));
  const sValue = BigInt(`0x${hex(bytesOf(s).reverse())}`);
  const change = (name: string, reason: string, fields: Partial<Vector>): InvalidVector => ({
    ...good,
    ...fields,
    name,
    reason,
  });
  const flip = (value: string, byte: number, mask: number): string => {
    const bytes = bytesOf(value);
    bytes[byte]! ^= mask;
    return hex(bytes);
  };
  const because = (reason: string, made: Vector): InvalidVector => ({ ...made, reason });
  const isCanonical = (bytes: Uint8Array): boolean =>
    torsion.some((point) => hex(encode(point)) === hex(bytes));
  const offCurve = [2n, 3n, 4n, 5n, 6n, 7n, 8n].find((y) => pointAt(y, false) === null)!;
  const odd = 3n;

  return {
    about:
      "Ed25519 signatures that a verifier following 01-encoding.md refuses, and why. All fields are hex.",
    vectors: [
      change("public key missing", "public key is not 32 bytes", { publicKey: "" }),
      change("public key one byte short", "public key is not 32 bytes", {
        publicKey: good.publicKey.slice(2),
      }),
      change("public key one byte long", "public key is not 32 bytes", {
        publicKey: `${good.publicKey}00`,
      }),
      change("signature missing", "signature is not 64 bytes", { signature: "" }),
      change("signature one byte short", "signature is not 64 bytes", {
        signature: good.signature.slice(0, -2),
      }),
      change("signature one byte long", "signature is not 64 bytes", {
        signature: `${good.signature}00`,
      }),
      change("S + L", "S is not below L", { signature: r + number(sValue + groupOrder) }),
      change("S = L", "S is not below L", { signature: r + number(groupOrder) }),
      change("S with all bits set", "S is not below L", { signature: r + "ff".repeat(32) }),
      ...smallOrderEncodings().map(({ name, bytes, point }) =>
        because(
          isCanonical(bytes) ? "public key is of small order" : "public key is not canonical",
          signUnderSmallOrder(`public key of ${name}`, bytes, point),
        ),
      ),
      change("public key y = p + 3", "public key is not canonical", {
        publicKey: hex(encodeRaw(prime + odd, false)),
      }),
      change("public key y = 2^255 - 1", "public key is not canonical", {
        publicKey: hex(encodeRaw(2n ** 255n - 1n, false)),
      }),
      change("public key not on the curve", "public key is not a point", {
        publicKey: hex(encodeRaw(offCurve, false)),
      }),
      ...smallOrderEncodings().map(({ name, bytes }) =>
        because(
          isCanonical(bytes) ? "R is of small order" : "R is not canonical",
          signWithSmallOrderR(`R of ${name}`, bytes),
        ),
      ),
      change("R with y = p + 3", "R is not canonical", {
        signature: hex(encodeRaw(prime + odd, false)) + s,
      }),
      because(
        "holds only with the cofactor",
        signWith("R of mixed order", identity, torsion[1]!, () => true),
      ),
      because(
        "holds only with the cofactor",
        signWith("R with a part of order 2", identity, torsion[4]!, () => true),
      ),
      because(
        "holds only with the cofactor",
        signWith("public key of mixed order", torsion[1]!, identity, (k) => k % 8n !== 0n),
      ),
      change("another message", "the equation does not hold", {
        message: flip(good.message, 0, 1),
      }),
      change("R changed", "the equation does not hold", { signature: flip(r, 0, 1) + s }),
      change("sign bit of R changed", "the equation does not hold", {
        signature: flip(r, 31, 0x80) + s,
      }),
      change("S changed", "the equation does not hold", { signature: r + flip(s, 0, 1) }),
      change("sign bit of the public key changed", "the equation does not hold", {
        publicKey: flip(good.publicKey, 31, 0x80),
      }),
      change("another public key", "the equation does not hold", {
        publicKey: published[0]!.publicKey,
      }),
    ],
  };
}
