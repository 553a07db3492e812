/**
 * The curve of Ed25519 in plain BigInt arithmetic (RFC 8032, section 5.1), slow and only for making vectors: they need points and
 * signatures that no signing library is willing to produce.
 */
import { createHash } from "node:crypto";

export const prime = 2n ** 255n - 19n;
export const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

export interface Point {
  x: bigint;
  y: bigint;
}

const modulo = (value: bigint, modulus: bigint): bigint => ((value % modulus) + modulus) % modulus;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = modulo(base, prime);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

const inverse = (value: bigint): bigint => power(value, prime - 2n);
const d = modulo(-121665n * inverse(121666n), prime);
const squareRootOfMinusOne = power(2n, (prime - 1n) / 4n);

export const identity: Point = { x: 0n, y: 1n };

/** Extended coordinates (RFC 8032, section 5.1.4): one inversion for a whole multiplication instead of two for each addition. */
type Extended = [x: bigint, y: bigint, z: bigint, t: bigint];

const extend = (point: Point): Extended => [point.x, point.y, 1n, (point.x * point.y) % prime];

function reduce([x, y, z]: Extended): Point {
  const scale = inverse(z);
  return { x: modulo(x * scale, prime), y: modulo(y * scale, prime) };
}

function addExtended([x1, y1, z1, t1]: Extended, [x2, y2, z2, t2]: Extended): Extended {
  const a = ((y1 - x1) * (y2 - x2)) % prime;
  const b = ((y1 + x1) * (y2 + x2)) % prime;
  const c = (((2n * t1 * d) % prime) * t2) % prime;
  const e = (2n * z1 * z2) % prime;
  return [
    ((b - a) * (e - c)) % prime,
    ((e + c) * (b + a)) % prime,
    ((e - c) * (e + c)) % prime,
    ((b - a) * (b + a)) % prime,
  ];
}

export const add = (a: Point, b: Point): Point => reduce(addExtended(extend(a), extend(b)));

export const negate = (point: Point): Point => ({ x: modulo(-point.x, prime), y: point.y });

export function multiply(scalar: bigint, point: Point): Point {
  let result = extend(identity);
  let double = extend(point);
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = addExtended(result, double);
    double = addExtended(double, double);
  }
  return reduce(result);
}

export const isSame = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y;

/** The point with this y and this sign of x, or null if there is none on the curve. */
export function pointAt(y: bigint, odd: boolean): Point | null {
  const ySquared = (y * y) % prime;
  const xSquared = modulo((ySquared - 1n) * inverse(d * ySquared + 1n), prime);
  let x = power(xSquared, (prime + 3n) / 8n);
  if ((x * x) % prime !== xSquared) x = (x * squareRootOfMinusOne) % prime;
  if ((x * x) % prime !== xSquared) return null;
  return { x: (x & 1n) === (odd ? 1n : 0n) ? x : modulo(-x, prime), y };
}

export const base: Point = pointAt(modulo(4n * inverse(5n), prime), false)!;

/** Little-endian, 32 bytes. */
export function encodeNumber(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32);
  for (let i = 0, rest = value; i < 32; i++, rest >>= 8n) bytes[i] = Number(rest & 255n);
  return bytes;
}

export function decodeNumber(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  return value;
}

/** `y` as given, even if it is not below the prime, with the sign bit as given. */
export const encodeRaw = (y: bigint, odd: boolean): Uint8Array =>
  encodeNumber(y | (odd ? 1n << 255n : 0n));
export const encode = (point: Point): Uint8Array => encodeRaw(point.y, (point.x & 1n) === 1n);

/** k = SHA-512(R ‖ A ‖ message) mod L, over the bytes as they are encoded. */
export function challenge(r: Uint8Array, publicKey: Uint8Array, message: Uint8Array): bigint {
  return modulo(
    decodeNumber(createHash("sha512").update(r).update(publicKey).update(message).digest()),
    groupOrder,
  );
}

export function secretScalar(seed: Uint8Array): bigint {
  const bytes = createHash("sha512").update(seed).digest().subarray(0, 32);
  bytes[0]! &= 248;
  bytes[31] = (bytes[31]! & 63) | 64;
  return decodeNumber(bytes);
}

/** The subgroup of order 8, starting with the identity, each next the previous plus one generator. */
export function smallOrderPoints(): Point[] {
  let generator = identity;
  for (let y = 2n; isSame(multiply(4n, generator), identity); y++) {
    const point = pointAt(y, false);
    if (point !== null) generator = multiply(groupOrder, point);
  }
  const points = [identity];
  while (points.length < 8) points.push(add(points.at(-1)!, generator));
  return points;
}
