/** Vectors of spec/01-encoding.md. */
import { base58 } from "@scure/base";
import { type CborValue, encode, hlcAt, toHex } from "@multichat/protocol";
import { type Chapter, refused } from "./cases.ts";
import { type Json, tagged } from "./json.ts";
import { ada, bob, bytes, hmac, join, kdf, label, labelled } from "./keys.ts";

const map = (entries: [string, CborValue][]): CborValue => new Map(entries);
const nested = (depth: number): CborValue => (depth === 0 ? 0 : [nested(depth - 1)]);

const values: [name: string, value: CborValue][] = [
  ["zero", 0],
  ["the last one-byte integer", 23],
  ["the first two-byte integer", 24],
  ["the last two-byte integer", 255],
  ["the first three-byte integer", 256],
  ["the last three-byte integer", 65_535],
  ["the first five-byte integer", 65_536],
  ["the last five-byte integer", 4_294_967_295],
  ["the first nine-byte integer", 4_294_967_296],
  ["the last integer that is exact as a double", 2 ** 53 - 1],
  ["the first that is not", 2n ** 53n],
  ["the largest integer", 2n ** 64n - 1n],
  ["no bytes", new Uint8Array(0)],
  ["bytes", bytes("some bytes", 3)],
  ["bytes of the first length with a two-byte head", bytes("24 bytes", 24)],
  ["empty text", ""],
  ["text", "Multichat"],
  ["text of two, three and four bytes a character", "ü€🦄"],
  ["text with a byte order mark, which stays", "\ufeffmark"],
  ["text with NUL", "a\u0000b"],
  ["text is not normalised: composed", "\u00e9"],
  ["text is not normalised: decomposed", "e\u0301"],
  ["text of 24 bytes", "abcdefghijklmnopqrstuvwx"],
  ["an empty array", []],
  ["an array of 24 items", Array.from({ length: 24 }, (_, i) => i)],
  ["every type in one array", [1, bytes("one byte", 1), "t", [], new Map(), false, true, null]],
  ["an empty map", map([])],
  ["map keys: shorter before longer, then bytewise", map([["", 0], ["a", 1], ["b", 2], ["aa", 3]])],
  ["map keys: by length in bytes, not in characters", map([["zz", 1], ["€", 2]])],
  ["map keys: a key of 24 bytes after all shorter ones", map([["zzzzzzzzzzzzzzzzzzzzzzz", 1], ["aaaaaaaaaaaaaaaaaaaaaaaa", 2]])],
  ["map keys that other languages treat specially", map([["__proto__", 1], ["constructor", 2]])],
  ["a value inside sixteen arrays", nested(16)],
];

const invalid: [why: string, hex: string][] = [
  ["nothing at all", ""],
  ["an integer below 24 in two bytes", "1817"],
  ["an integer below 256 in three bytes", "1900ff"],
  ["an integer below 65,536 in five bytes", "1a0000ffff"],
  ["an integer below 2^32 in nine bytes", "1b00000000ffffffff"],
  ["the length of a byte string not in its shortest form", "5801ff"],
  ["the length of a text not in its shortest form", "780161"],
  ["the count of an array not in its shortest form", "980100"],
  ["the count of a map not in its shortest form", "b801616100"],
  ["reserved additional information 28", "1c"],
  ["reserved additional information 29", "3d"],
  ["reserved additional information 30", "5e"],
  ["a byte string of indefinite length", "5f4101ff"],
  ["a text of indefinite length", "7f6161ff"],
  ["an array of indefinite length", "9f00ff"],
  ["a map of indefinite length", "bf616100ff"],
  ["a break without a beginning", "ff"],
  ["a negative integer", "20"],
  ["a large negative integer", "3bffffffffffffffff"],
  ["a tag (date as text)", "c06161"],
  ["a tag (big number)", "c24101"],
  ["the tag for self-described CBOR", "d9d9f700"],
  ["undefined", "f7"],
  ["a simple value without a meaning", "e0"],
  ["a simple value in two bytes", "f820"],
  ["false in two bytes", "f814"],
  ["a half-precision float", "f93c00"],
  ["a single-precision float", "fa3f800000"],
  ["a double-precision float", "fb3ff0000000000000"],
  ["not a number", "f97e00"],
  ["a second value after the first", "0000"],
  ["a byte after a whole array", "820102f6"],
  ["an integer cut short", "19ff"],
  ["a nine-byte integer cut short", "1b00000001"],
  ["a byte string cut short", "4201"],
  ["a text cut short", "6261"],
  ["an array cut short", "8201"],
  ["a map without its last value", "a16161"],
  ["an array that counts more items than there are bytes", "9affffffff00"],
  ["a map that counts 2^64 − 1 pairs", "bbffffffffffffffff"],
  ["a byte string said to be 2^53 bytes long", "5b002000000000000000"],
  ["text that is not UTF-8", "61ff"],
  ["text with an overlong form", "62c080"],
  ["text with half a surrogate pair", "63eda080"],
  ["text beyond U+10FFFF", "64f4908080"],
  ["text that ends inside a character", "62e282"],
  ["a map key that is an integer", "a10000"],
  ["a map key that is a byte string", "a1416100"],
  ["a map key that is null", "a1f600"],
  ["map keys out of order", "a2616200616100"],
  ["a longer map key before a shorter one", "a262616100616200"],
  ["the same map key twice", "a2616100616100"],
  ["the same map key twice in an inner map", "81a2616100616101"],
  ["a float deep inside", "82a161618181f90000f6"],
  ["a value inside seventeen arrays", "81".repeat(17) + "00"],
  ["an empty map inside seventeen arrays and maps", "a16161".repeat(17) + "a0"],
];

const hlcs: [time: number, counter: number][] = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1_760_000_000_000, 0],
  [1_760_000_000_000, 65_535],
  [2 ** 47 - 1, 65_535],
];

const hashes: [label: string, parts: Uint8Array[]][] = [
  ["mc1/event", [bytes("hashed", 100)]],
  ["mc1/payload", [bytes("salt", 16), bytes("payload", 20)]],
  ["mc1/account", []],
];

export function cborChapter(): Chapter {
  return {
    valid: {
      values: values.map(([name, value]) => ({ name, value: tagged(value), encoding: toHex(encode(value)) })),
      hlcs: hlcs.map(([time, counter]): Json => {
        const hlc = hlcAt(time) + BigInt(counter);
        return { time, counter, hlc: hlc.toString(), encoding: toHex(encode(hlc)) };
      }),
      hashes: hashes.map(([text, parts]) => ({ label: text, parts: parts.map(toHex), hash: toHex(labelled(text, ...parts)) })),
      kdfs: ["mc1/space-tag", "mc1/invite"].map((info) => {
        const secret = bytes("kdf secret");
        return { secret: toHex(secret), label: info, key: toHex(kdf(secret, info)) };
      }),
      macs: [[], [label("mc1/invite-tag"), bytes("mac data", 96)]].map((parts) => {
        const key = bytes("mac key");
        return { key: toHex(key), parts: parts.map(toHex), mac: toHex(hmac(key, ...parts)) };
      }),
      devices: [ada.laptop, bob.laptop].map(({ seed, key, id }) => ({
        seed: toHex(seed),
        device: id,
        // multihash (identity, 36 bytes) of a libp2p public key message (type Ed25519, 32 bytes)
        peerId: base58.encode(join(Uint8Array.of(0x00, 0x24, 0x08, 0x01, 0x12, 0x20), key)),
      })),
    },
    invalid: { refusedWhenDecoded: invalid.map(([why, hex]) => refused("value", why, hex)) },
  };
}
