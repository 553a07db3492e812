/** Vectors of spec/10-trust.md: safety numbers, codes to scan, introductions. */
import { safetyNumber, sealIntroduction } from "@multichat/core";
import { createNodeCrypto } from "@multichat/crypto";
import {
  type AccountId,
  type CborValue,
  type DeviceId,
  type IntroductionContent,
  type SpaceId,
  encode,
  encodeIntroduction,
  encodeIntroductionContent,
  encodeVerificationCode,
  idFromBytes,
  toHex,
} from "@multichat/protocol";
import { adasAccount } from "./accounts.ts";
import { type Chapter, type Refused, refused, withFields } from "./cases.ts";
import { asJson } from "./json.ts";
import { ada, ascendingIds, bytes, id, join, label, sha256 } from "./keys.ts";

const crypto = createNodeCrypto();
const others = ["bob's account", "eve's account", "zoe's account"].map((name) => id<AccountId>(name));
const codeStart = "multichat://verify/#";

const text = (body: Uint8Array): string => codeStart + Buffer.from(join(body, sha256(body).slice(0, 4))).toString("base64url");

const place = { space: id<SpaceId>("space"), author: id<AccountId>("ivy's account"), reader: adasAccount };
const devices = ascendingIds<DeviceId>("ada's device", 2).map((device, i) => ({ device, agreementKey: bytes(`ada's agreement key ${i}`) }));

const fullOffer = (n: number): IntroductionContent["offers"][0] => ({
  id: toHex(bytes(`introduction ${n}`, 16)),
  subject: others[0]!,
  name: "🦄".repeat(32),
  peers: Array.from({ length: 4 }, (_, i) => ({
    device: id<DeviceId>(`bob's device ${i}`),
    addresses: Array.from({ length: 4 }, (_, k) => `/ip4/192.0.2.${i}/tcp/${k}`),
  })),
  until: 2 ** 47 - 1,
  accepted: true,
});

const contents: [name: string, content: IntroductionContent][] = [
  ["an offer and an answer", {
    offers: [{
      id: toHex(bytes("introduction", 16)),
      subject: others[0]!,
      name: "Bob",
      peers: [{ device: id<DeviceId>("bob's device 0"), addresses: ["/ip4/192.0.2.7/udp/4001/quic-v1"] }],
      until: 1_760_000_000_000,
      accepted: false,
    }],
    answers: [{ id: toHex(bytes("another introduction", 16)), accepted: true }],
  }],
  ["nothing left to say", { offers: [], answers: [] }],
  ["as much as there may be", {
    offers: Array.from({ length: 8 }, (_, n) => fullOffer(n)),
    answers: Array.from({ length: 32 }, (_, n) => ({ id: toHex(bytes(`answer ${n}`, 16)), accepted: n % 2 === 0 })),
  }],
];

function sealedCase([name, content]: (typeof contents)[0]) {
  let calls = 0;
  const random = { bytes: (length: number) => bytes(`random ${name} ${calls++}`, length) };
  const readers = new Map(devices.map(({ device, agreementKey }) => [device, crypto.agreementPublicKey(agreementKey)]));
  const encoding = encodeIntroduction(sealIntroduction({ crypto, random }, place, readers, content)!);
  return {
    name,
    ...place,
    devices: asJson(devices),
    content: asJson(content),
    contentEncoding: toHex(encodeIntroductionContent(content)),
    encoding: toHex(encoding),
  };
}

function undecodable(): Refused[] {
  const code = encode([1, bytes("account"), ada.identity.key]);
  const codes: [why: string, text: string][] = [
    ["another version", text(encode([2, bytes("account"), ada.identity.key]))],
    ["a field missing", text(encode([1, bytes("account")]))],
    ["an identity key of 31 bytes", text(encode([1, bytes("account"), bytes("short", 31)]))],
    ["a wrong checksum", text(code).slice(0, -1) + (text(code).endsWith("A") ? "Q" : "A")],
    ["an invite link", text(code).replace("verify", "join")],
    ["without its beginning", text(code).slice(codeStart.length)],
    ["nothing after the beginning", codeStart],
    ["257 characters", codeStart + "A".repeat(257 - codeStart.length)],
  ];
  const sealed = Buffer.from(sealedCase(contents[0]!).encoding, "hex");
  const box = (first: CborValue = bytes("device"), enc: CborValue = bytes("enc"), wrapped: CborValue = bytes("wrapped", 48)): CborValue => [first, enc, wrapped];
  const introduction = (why: string, boxes: CborValue, ciphertext: CborValue = bytes("ciphertext", 20)) => refused("introduction", why, encode([boxes, ciphertext]));
  const plain = encodeIntroductionContent(contents[0]![1]);
  const content = (why: string, changes: Parameters<typeof withFields>[1]) => refused("introduction content", why, withFields(plain, changes));
  const offer = (changes: Parameters<typeof withFields>[1]): CborValue[] => {
    const fields: CborValue[] = [bytes("introduction", 16), bytes("bob's account"), "Bob", [], 0, false];
    for (const [index, value] of Object.entries(changes)) fields[Number(index)] = value!;
    return fields;
  };
  return [
    ...codes.map(([why, given]) => ({ format: "verification code", why, text: given })),
    refused("introduction", "boxes without a ciphertext", withFields(new Uint8Array(sealed), { 1: undefined })),
    introduction("no box", []),
    introduction("33 boxes", Array.from({ length: 33 }, (_, i) => box(new Uint8Array(32).fill(i)))),
    introduction("the same device twice", [box(), box()]),
    introduction("a device of 31 bytes", [box(bytes("short", 31))]),
    introduction("an ephemeral key of 33 bytes", [box(bytes("device"), bytes("long", 33))]),
    introduction("a wrapped key of 32 bytes", [box(bytes("device"), bytes("enc"), bytes("short", 32))]),
    introduction("a ciphertext of 60,001 bytes", [box()], new Uint8Array(60_001)),
    content("another version", { 0: 2 }),
    content("no answers", { 2: undefined }),
    content("nine offers", { 1: Array.from({ length: 9 }, () => offer({})) }),
    content("33 answers", { 2: Array.from({ length: 33 }, () => [bytes("introduction", 16), true]) }),
    content("an offer with an id of 15 bytes", { 1: [offer({ 0: bytes("short", 15) })] }),
    content("an offer without a name", { 1: [offer({ 2: "" })] }),
    content("an offer with a name of 65 characters", { 1: [offer({ 2: "a".repeat(65) })] }),
    content("an offer with five peers", { 1: [offer({ 3: Array.from({ length: 5 }, () => [bytes("device"), []]) })] }),
    content("a peer with five addresses", { 1: [offer({ 3: [[bytes("device"), Array.from({ length: 5 }, () => "/ip4/192.0.2.1")]] })] }),
    content("an offer until 2^47", { 1: [offer({ 4: 2 ** 47 })] }),
    content("an offer accepted by 1", { 1: [offer({ 5: 1 })] }),
    content("an answer of null", { 2: [[bytes("introduction", 16), null]] }),
  ];
}

export function trustChapter(): Chapter {
  return {
    valid: {
      safetyNumbers: others.map((b) => ({ a: adasAccount, b, number: safetyNumber(crypto, adasAccount, b) })),
      verificationCodes: [ada.identity, ada.next].map(({ key }) => {
        const fields = { account: idFromBytes<AccountId>(bytes("account")), identityKey: key };
        const encoding = encode([1, bytes("account"), key]);
        return { fields: asJson(fields), encoding: toHex(encoding), text: encodeVerificationCode(fields, (data) => sha256(data)) };
      }),
      introductions: contents.map(sealedCase),
    },
    invalid: { refusedWhenDecoded: undecodable(), refusedWhenVerified: tampered() },
  };
}

/** Well formed, but not sealed for this place, or changed since. */
function tampered() {
  const { encoding, name: _, ...right } = sealedCase(contents[0]!);
  const [first] = devices;
  const changed = (why: string, changes: { [field: string]: string }) => ({ format: "introduction", why, ...right, device: first!.device, agreementKey: toHex(first!.agreementKey), encoding, ...changes });
  const flipped = encoding.slice(0, -2) + (encoding.endsWith("00") ? "01" : "00");
  return [
    changed("in another space", { space: toHex(bytes("another space")) }),
    changed("by another author", { author: others[1]! }),
    changed("for another reader", { reader: others[1]! }),
    changed("for a device that has no box", { device: toHex(label("d".repeat(32))) }),
    changed("with another agreement key", { agreementKey: toHex(bytes("another agreement key")) }),
    changed("with its last byte changed", { encoding: flipped }),
  ];
}
