import { createNodeCrypto } from "@multichat/crypto";
import { fromHex, toHex } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { hpkeOpen, hpkeSeal } from "./hpke.ts";

const crypto = createNodeCrypto();

describe("HPKE", () => {
  // RFC 9180, appendix A.2.1 (base mode, first message).
  const rfc = {
    ephemeral: fromHex("f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600"),
    private: fromHex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"),
    public: fromHex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"),
    enc: "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a",
    info: fromHex("4f6465206f6e2061204772656369616e2055726e"),
    text: fromHex("4265617574792069732074727574682c20747275746820626561757479"),
    aad: fromHex("436f756e742d30"),
    ciphertext: "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28",
  };

  it("seals what the RFC seals", () => {
    const sealed = hpkeSeal(crypto, rfc.public, rfc.ephemeral, rfc.info, rfc.text, rfc.aad)!;
    expect(toHex(sealed.enc)).toBe(rfc.enc);
    expect(toHex(sealed.ciphertext)).toBe(rfc.ciphertext);
    expect(hpkeOpen(crypto, rfc.private, rfc.info, sealed, rfc.aad)).toEqual(rfc.text);
  });

  it("opens for nobody else and under no other context", () => {
    const sealed = hpkeSeal(crypto, rfc.public, rfc.ephemeral, rfc.info, rfc.text)!;
    expect(hpkeOpen(crypto, rfc.ephemeral, rfc.info, sealed)).toBeNull();
    expect(hpkeOpen(crypto, rfc.private, rfc.aad, sealed)).toBeNull();
    expect(hpkeOpen(crypto, rfc.private, rfc.info, { ...sealed, enc: new Uint8Array(32) })).toBeNull();
  });

  it("seals nothing for a key that everybody knows", () => {
    expect(hpkeSeal(crypto, new Uint8Array(32), rfc.ephemeral, rfc.info, rfc.text)).toBeNull();
  });
});
