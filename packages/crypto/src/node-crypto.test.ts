import { describe, expect, test } from "vitest";
import { createNodeCrypto, createNodeRandom } from "./index.ts";

const crypto = createNodeCrypto();
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const seed = bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

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
