import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createNodeCrypto, createNodeRandom } from "./index.ts";

const crypto = createNodeCrypto();
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const seed = bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
const publicKey = bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

describe("hashes", () => {
  test("SHA-256 of several parts is that of the parts joined", () => {
    const whole = crypto.sha256(bytes("616263"));
    expect(whole).toEqual(
      bytes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    );
    expect(crypto.sha256(bytes("61"), bytes(""), bytes("6263"))).toEqual(whole);
    expect(crypto.sha256()).toEqual(crypto.sha256(bytes("")));
  });

  test("HMAC-SHA-256 (RFC 4231, case 2)", () => {
    const mac = crypto.hmacSha256(
      new TextEncoder().encode("Jefe"),
      new TextEncoder().encode("what do ya want for nothing?"),
    );
    expect(mac).toEqual(bytes("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  });

  test("HKDF-SHA-256 with an empty salt (RFC 5869, case 3)", () => {
    const key = crypto.hkdf(new Uint8Array(22).fill(0x0b), "", 42);
    expect(key).toEqual(
      bytes("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
    );
  });

  test("results are plain arrays over nothing but themselves", () => {
    const results = [
      crypto.sha256(seed),
      crypto.sha256(seed, seed),
      crypto.hmacSha256(seed, seed),
      crypto.hkdf(seed, "x", 32),
      crypto.publicKey(seed),
      crypto.sign(seed, seed),
      crypto.agreementPublicKey(seed),
      createNodeRandom().bytes(16),
    ];
    for (const result of results) {
      expect(result.constructor).toBe(Uint8Array);
      expect(result.buffer.byteLength).toBe(result.length);
    }
  });
});

describe("signatures", () => {
  test("RFC 8032, test 1", () => {
    expect(crypto.publicKey(seed)).toEqual(publicKey);
    const signature = crypto.sign(seed, bytes(""));
    expect(signature).toEqual(
      bytes(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
      ),
    );
    expect(crypto.verify(publicKey, bytes(""), signature)).toBe(true);
  });

  test("a seed that was overwritten in place no longer signs as before", () => {
    const own = seed.slice();
    crypto.sign(own, seed);
    own.fill(7);
    expect(crypto.publicKey(own)).toEqual(crypto.publicKey(new Uint8Array(32).fill(7)));
    expect(crypto.publicKey(own)).not.toEqual(publicKey);
  });

  test("verifying follows the key even when more devices speak than keys are kept", () => {
    const few = createNodeCrypto();
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
          const signature = crypto.sign(seed, text);
          expect(crypto.verify(publicKey, text, signature)).toBe(true);
          const garbled = signature.slice();
          garbled[at]! ^= mask;
          expect(crypto.verify(publicKey, text, garbled)).toBe(false);
          const otherKey = publicKey.slice();
          otherKey[at % 32]! ^= mask;
          expect(crypto.verify(otherKey, text, signature)).toBe(false);
          expect(crypto.verify(publicKey, Uint8Array.of(...text, mask), signature)).toBe(false);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("bytes of any length and content are an answer, never an exception", () => {
    const anything = fc.uint8Array({ maxLength: 70 });
    fc.assert(
      fc.property(anything, anything, (key, signature) => {
        expect(crypto.verify(key, seed, signature)).toBe(false);
      }),
    );
    const wellSized = fc.tuple(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.uint8Array({ minLength: 63, maxLength: 63 }),
    );
    fc.assert(
      fc.property(wellSized, ([key, most]) => {
        expect(crypto.verify(key, seed, Uint8Array.of(...most, 1))).toBe(false);
      }),
    );
  });
});

describe("key agreement", () => {
  test("RFC 7748, section 6.1", () => {
    const alice = bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    expect(crypto.agreementPublicKey(alice)).toEqual(
      bytes("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"),
    );
  });

  test("both sides agree on the secret of RFC 7748, section 6.1", () => {
    const alice = bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    const bob = bytes("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    const secret = bytes("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    expect(crypto.agree(alice, crypto.agreementPublicKey(bob))).toEqual(secret);
    expect(crypto.agree(bob, crypto.agreementPublicKey(alice))).toEqual(secret);
  });

  test("nothing is agreed on with a key of low order", () => {
    expect(crypto.agree(seed, new Uint8Array(32))).toBeNull();
  });

  test("a key of another length is a bug of the caller", () => {
    expect(() => crypto.agreementPublicKey(new Uint8Array(31))).toThrow(RangeError);
    expect(() => crypto.sign(new Uint8Array(33), seed)).toThrow(RangeError);
  });
});

describe("ChaCha20-Poly1305", () => {
  // RFC 8439, section 2.8.2.
  const key = bytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  const nonce = bytes("070000004041424344454647");
  const aad = bytes("50515253c0c1c2c3c4c5c6c7");
  const text = new TextEncoder().encode(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  );

  test("RFC 8439, section 2.8.2: begins and ends as it should, and opens again", () => {
    const sealed = crypto.encrypt(key, nonce, text, aad);
    expect(sealed.subarray(0, 16)).toEqual(bytes("d31a8d34648e60db7b86afbc53ef7ec2"));
    expect(sealed.subarray(-16)).toEqual(bytes("1ae10b594f09e26a7e902ecbd0600691"));
    expect(crypto.decrypt(key, nonce, sealed, aad)).toEqual(text);
  });

  test("nothing that was changed opens, nor what is too short to have a tag", () => {
    const sealed = crypto.encrypt(key, nonce, text, aad);
    const changed = sealed.slice();
    changed[3]! ^= 1;
    expect(crypto.decrypt(key, nonce, changed, aad)).toBeNull();
    expect(crypto.decrypt(key, nonce, sealed, aad.subarray(1))).toBeNull();
    expect(crypto.decrypt(key, nonce, sealed.subarray(0, 15), aad)).toBeNull();
  });
});

describe("randomness", () => {
  test("has the length asked for and does not repeat", () => {
    const random = createNodeRandom();
    expect(random.bytes(0)).toHaveLength(0);
    expect(random.bytes(33)).toHaveLength(33);
    expect(random.bytes(32)).not.toEqual(random.bytes(32));
  });
});
