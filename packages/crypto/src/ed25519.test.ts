import fc from "fast-check";
import { describe, expect, test } from "vitest";
import invalid from "../../../spec/vectors/invalid/ed25519.json" with { type: "json" };
import valid from "../../../spec/vectors/valid/ed25519.json" with { type: "json" };
import { ed25519OfEach } from "../test/ed25519/of-each.ts";

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const seed = bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
const publicKey = bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

describe.each(ed25519OfEach)("Ed25519 by %s", (_name, create) => {
  const ed25519 = create();

  test("RFC 8032, test 1", () => {
    expect(ed25519.publicKey(seed)).toEqual(publicKey);
    const signature = ed25519.sign(seed, bytes(""));
    expect(signature).toEqual(
      bytes(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
      ),
    );
    expect(ed25519.verify(publicKey, bytes(""), signature)).toBe(true);
  });

  test("a seed that was overwritten in place no longer signs as before", () => {
    const own = seed.slice();
    ed25519.sign(own, seed);
    own.fill(7);
    expect(ed25519.publicKey(own)).toEqual(ed25519.publicKey(new Uint8Array(32).fill(7)));
    expect(ed25519.publicKey(own)).not.toEqual(publicKey);
  });

  test("verifying follows the key even when more devices speak than keys are kept", () => {
    const few = create();
    const devices = Array.from({ length: 20 }, (_, i) => new Uint8Array(32).fill(i + 1));
    for (let round = 0; round < 2; round++) {
      for (const [i, device] of devices.entries()) {
        const signature = few.sign(device, seed);
        expect(few.verify(few.publicKey(device), seed, signature)).toBe(true);
        expect(few.verify(few.publicKey(devices[(i + 1) % devices.length]!), seed, signature)).toBe(
          false,
        );
      }
    }
  });

  test("any other message, key or signature is refused", () => {
    const message = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(
        message,
        fc.nat({ max: 63 }),
        fc.integer({ min: 1, max: 255 }),
        (text, at, mask) => {
          const signature = ed25519.sign(seed, text);
          expect(ed25519.verify(publicKey, text, signature)).toBe(true);
          const garbled = signature.slice();
          garbled[at]! ^= mask;
          expect(ed25519.verify(publicKey, text, garbled)).toBe(false);
          const otherKey = publicKey.slice();
          otherKey[at % 32]! ^= mask;
          expect(ed25519.verify(otherKey, text, signature)).toBe(false);
          expect(ed25519.verify(publicKey, Uint8Array.of(...text, mask), signature)).toBe(false);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("bytes of any length and content are an answer, never an exception", () => {
    const anything = fc.uint8Array({ maxLength: 70 });
    fc.assert(
      fc.property(anything, anything, (key, signature) => {
        expect(ed25519.verify(key, seed, signature)).toBe(false);
      }),
    );
    const wellSized = fc.tuple(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.uint8Array({ minLength: 63, maxLength: 63 }),
    );
    fc.assert(
      fc.property(wellSized, ([key, most]) => {
        expect(ed25519.verify(key, seed, Uint8Array.of(...most, 1))).toBe(false);
      }),
    );
  });

  test("a seed of another length is a bug of the caller", () => {
    expect(() => ed25519.sign(new Uint8Array(33), seed)).toThrow(RangeError);
    expect(() => ed25519.publicKey(new Uint8Array(31))).toThrow(RangeError);
  });

  test.each(valid.vectors)("accepts: $name", ({ publicKey: key, message, signature }) => {
    expect(ed25519.verify(bytes(key), bytes(message), bytes(signature))).toBe(true);
  });

  test.each(invalid.vectors)(
    "refuses ($reason): $name",
    ({ publicKey: key, message, signature }) => {
      expect(ed25519.verify(bytes(key), bytes(message), bytes(signature))).toBe(false);
    },
  );
});
