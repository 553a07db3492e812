/** Vectors of spec/09-devices.md: own data, link codes and the steps of linking and recovery. */
import { createCipheriv, scryptSync } from "node:crypto";
import { type BackupItem, type DeviceId, type DeviceStep, type SharedSpace, encode, encodeBackupItem, encodeDeviceStep, encodeLinkCode, encodeOwnValue, toHex } from "@multichat/protocol";
import { linkEmoji } from "@multichat/core";
import { adasAccount, laptopCertificate } from "./accounts.ts";
import { type Chapter, type Refused, refused, withFields } from "./cases.ts";
import { type Json, asJson } from "./json.ts";
import { ada, bytes, hmac, id, join, label, labelled, sha256, sign } from "./keys.ts";

const own = [
  { key: "petname/" + adasAccount, value: "Ada from work" },
  { key: "read/" + id("channel"), value: null },
  { key: "setting/x", value: "" },
  { key: "draft/" + "~".repeat(200), value: "🦄".repeat(8192) },
];

const codes = [
  { device: ada.laptop.id as DeviceId, secret: bytes("link secret", 16), expires: 1_760_000_600_000, addresses: ["/ip4/192.0.2.7/tcp/4001"] },
  { device: ada.laptop.id as DeviceId, secret: bytes("link secret", 16), expires: 0, addresses: [] },
];

const spaces: SharedSpace[] = [
  { id: id("space"), secret: bytes("space secret"), peers: [{ device: ada.laptop.id as DeviceId, addresses: ["/ip4/192.0.2.7/tcp/4001"] }] },
  { id: id("other space"), secret: bytes("other secret"), peers: [] },
];
const nonces = { old: bytes("nonce O"), new: bytes("nonce N") };
const agreementKey = bytes("agreement key");
const commitment = labelled("mc1/link-commit", nonces.new, agreementKey);
const proof = hmac(codes[0]!.secret, label("mc1/link-proof"), ada.phone.key, ada.laptop.key, commitment);
const entry = bytes("some entry", 60);

const steps: DeviceStep[] = [
  { step: "request", value: { proof, commitment, name: "Ada's phone" } },
  { step: "challenge", value: { nonce: nonces.old } },
  { step: "reveal", value: { nonce: nonces.new, agreementKey } },
  { step: "agreed", value: {} },
  { step: "offer", value: { genesis: bytes("genesis", 70), body: laptopCertificate.bodyEncoding } },
  { step: "accept", value: { acceptance: laptopCertificate.acceptance } },
  { step: "package", value: { name: "Ada", nextSeed: bytes("next seed"), log: [entry, entry], entry, signature: bytes("signature", 64), spaces } },
  { step: "package", value: { name: "A", nextSeed: null, log: [], entry, signature: bytes("signature", 64), spaces: [] } },
  { step: "done", value: { signature: bytes("signature", 64) } },
  { step: "refusal", value: { code: "code-used" } },
  { step: "lookup", value: { identityKey: ada.identity.key, signature: sign(ada.identity, "mc1/recovery", encode([ada.phone.key, ada.laptop.key])) } },
  { step: "found", value: { name: "Ada", genesis: bytes("genesis", 70), log: [entry], spaces } },
  { step: "siblings", value: { spaces } },
];

const items: BackupItem[] = [
  {
    type: "account", time: 1_760_000_000_000, name: "Ada", genesis: bytes("genesis", 70), log: [entry],
    nextSeed: bytes("next seed"), identitySeed: null, device: ada.laptop.id as DeviceId, deviceSeed: ada.laptop.seed,
  },
  { type: "space", space: spaces[0]!, events: 2 },
  {
    type: "events",
    events: [
      { header: bytes("header", 300), signature: bytes("signature", 64), salt: bytes("salt", 16), payload: bytes("payload", 40) },
      { header: bytes("other header", 300), signature: bytes("signature", 64), salt: null, payload: null },
    ],
  },
  { type: "records", records: [{ record: bytes("record", 90), signature: bytes("signature", 64) }] },
  { type: "end", items: 4 },
];

/** A whole file of two chunks, cheaply sealed. */
function sealedFile(): { [field: string]: Json } {
  const [N, r, p, chunkSize] = [16, 1, 1, 64];
  const [passphrase, salt] = ["correct horse", bytes("backup salt", 16)];
  const header = encode([1, N, r, p, salt, chunkSize]);
  const length = (value: number): Uint8Array => new Uint8Array([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
  const begin = join(label("multichat-backup"), length(header.length), header);
  const key = new Uint8Array(scryptSync(passphrase, salt, 64, { N, r, p }));
  const item = encodeBackupItem({ type: "end", items: 0 });
  const content = join(length(item.length), item, length(80), bytes("another item", 80));
  const chunk = (index: number, last: boolean, part: Uint8Array): Uint8Array => {
    const cipher = createCipheriv("aes-256-gcm", key.subarray(32), new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, index, last ? 1 : 0]));
    return join(new Uint8Array(cipher.update(part)), new Uint8Array(cipher.final()), new Uint8Array(cipher.getAuthTag()));
  };
  const check = hmac(key.subarray(0, 32), label("mc1/backup"), header);
  const file = join(begin, sha256(begin).subarray(0, 4), check, chunk(0, false, content.subarray(0, 64)), chunk(1, true, content.subarray(64)));
  return { passphrase, header: toHex(header), key: toHex(key), check: toHex(check), content: toHex(content), file: toHex(file) };
}

function emojiOf(): { digest: Uint8Array; numbers: number[] } {
  const digest = labelled("mc1/link-emoji", ada.laptop.key, ada.phone.key, codes[0]!.secret, nonces.old, nonces.new, agreementKey);
  const bits = BigInt(`0x${toHex(digest).slice(0, 12)}`) >> 6n;
  return { digest, numbers: Array.from({ length: 7 }, (_, i) => Number((bits >> BigInt(6 * (6 - i))) & 63n)) };
}

function undecodable(): Refused[] {
  const value = (why: string, fields: Parameters<typeof encode>[0]) => refused("own data", why, encode(fields));
  const step = (why: string, number: number, given: Uint8Array): Refused => refused(`device step ${number}`, why, given);
  const of = (index: number): Uint8Array => encodeDeviceStep(steps[index]!).bytes;
  const code = (why: string, body: Uint8Array): Refused => ({ format: "link code", why, text: codeText(body) });
  const body = codeBody(0);
  return [
    value("a value that is no text", ["setting/x", 1]),
    value("no value", ["setting/x"]),
    value("a key without a kind", ["x", "y"]),
    value("a key without a rest", ["setting/", "y"]),
    value("a kind with a capital letter", ["Setting/x", "y"]),
    value("a space in the key", ["setting/a b", "y"]),
    value("a key of 201 characters after its kind", [`setting/${"a".repeat(201)}`, "y"]),
    value("a value of 16,385 characters", ["setting/x", "a".repeat(16_385)]),
    step("a proof of 31 bytes", 0, withFields(of(0), { 0: bytes("short", 31) })),
    step("an empty name", 0, withFields(of(0), { 2: "" })),
    step("no nonce", 1, encode([])),
    step("no agreement key", 2, withFields(of(2), { 1: undefined })),
    step("something agreed to", 3, encode([1])),
    step("a body as text", 4, withFields(of(4), { 1: "body" })),
    step("an acceptance of 63 bytes", 5, encode([bytes("short", 63)])),
    step("a next seed of 31 bytes", 6, withFields(of(6), { 1: bytes("short", 31) })),
    step("65 spaces", 6, withFields(of(6), { 5: Array.from({ length: 65 }, () => [bytes("a"), bytes("b"), []]) })),
    step("a space without a secret", 11, encode([[[bytes("a"), []]]])),
    step("no reason", 8, encode([""])),
    step("an identity key of 33 bytes", 9, withFields(of(10), { 0: bytes("long", 33) })),
    step("nine peers of a space", 11, encode([[[bytes("a"), bytes("b"), Array.from({ length: 9 }, () => [bytes("c"), []])]]])),
    code("a newer version", withFields(body, { 0: 2 })),
    code("a secret of 32 bytes", withFields(body, { 2: bytes("long") })),
    code("nine addresses", withFields(body, { 4: Array.from({ length: 9 }, () => "/ip4/192.0.2.1") })),
    code("a time of 2^47", withFields(body, { 3: 2 ** 47 })),
    code("a field too many", withFields(body, { 5: 0 })),
    { format: "link code", why: "one character left out", text: codeText(body).slice(0, -1) },
    { format: "link code", why: "an invite link", text: codeText(body).replace("link/#", "join/#") },
    { format: "link code", why: "nothing", text: "" },
  ];
}

const codeBody = (index: number): Uint8Array => {
  const { device, secret, expires, addresses } = codes[index]!;
  return encode([1, new Uint8Array(Buffer.from(device, "hex")), secret, expires, addresses]);
};
const codeText = (body: Uint8Array): string => `multichat://link/#${Buffer.from(join(body, sha256(body).subarray(0, 4))).toString("base64url")}`;

export function devicesChapter(): Chapter {
  const { digest, numbers } = emojiOf();
  return {
    valid: {
      ownData: own.map(({ key, value }) => ({ key, value, encoding: toHex(encodeOwnValue({ key, value })), recordKey: toHex(labelled("mc1/own-key", label(key))) })),
      linkCodes: codes.map((code, index) => {
        if (encodeLinkCode(code, sha256) !== codeText(codeBody(index))) throw new Error("the writer of link codes disagrees");
        return { fields: asJson(code), encoding: toHex(codeBody(index)), text: codeText(codeBody(index)) };
      }),
      steps: steps.map((step) => {
        const { number, bytes: encoding } = encodeDeviceStep(step);
        return { step: step.step, number, fields: asJson(step.value), encoding: toHex(encoding) };
      }),
      backupItems: items.map((item) => ({ fields: asJson(item), encoding: toHex(encodeBackupItem(item)) })),
      backupFiles: [sealedFile()],
      linkings: [
        {
          old: ada.laptop.id,
          new: ada.phone.id,
          secret: toHex(codes[0]!.secret),
          nonceOld: toHex(nonces.old),
          nonceNew: toHex(nonces.new),
          agreementKey: toHex(agreementKey),
          commitment: toHex(commitment),
          proof: toHex(proof),
          digest: toHex(digest),
          emoji: numbers.map((number): Json => [...linkEmoji[number]!]),
        },
      ],
    },
    invalid: { refusedWhenDecoded: undecodable() },
  };
}
