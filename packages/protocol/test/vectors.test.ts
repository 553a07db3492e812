/** This package against the vectors of spec/vectors, which other implementations run too. */
import { createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { asJson, tagged } from "../../../spec/vectors/generator/json.ts";
import { readAs } from "../src/cbor/read.ts";
import {
  type ControlKind,
  type Result,
  concat,
  controlPayloads,
  decode,
  decodeAccountEntry,
  decodeAccountGenesis,
  decodeAck,
  decodeAddresses,
  decodeCertificate,
  decodeCertificateBody,
  decodeControlPayload,
  decodeEvent,
  decodeFrame,
  decodeHeader,
  decodeInviteLink,
  decodeMessage,
  decodeProfile,
  decodeRecord,
  decodeSignedEntry,
  encode,
  encodeAccountEntry,
  encodeAccountGenesis,
  encodeAck,
  encodeAddresses,
  encodeCertificate,
  encodeCertificateBody,
  encodeControlPayload,
  encodeFrame,
  encodeHeader,
  encodeInviteLink,
  encodeMessage,
  encodeProfile,
  encodeRecord,
  encodeSignedEntry,
  eventValue,
  fallbackText,
  fromHex,
  hlcAt,
  hlcTime,
  labels,
  toHex,
} from "../src/index.ts";
import { frameNumbers } from "../src/frames/frame.ts";
import { readSignedRecord, signedRecordValue } from "../src/record.ts";
import { type Case, type Chapter, attempt, invalid, sha256, valid } from "./vector-files.ts";

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

const hash = (label: Uint8Array, ...parts: string[]): string => toHex(sha256(concat(label, ...parts.map(fromHex))));

function verifies(key: string, label: Uint8Array, bytes: string, signature: string): boolean {
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(key, "hex").toString("base64url") }, format: "jwk" });
  return verify(null, concat(label, fromHex(bytes)), publicKey, fromHex(signature));
}

/** Reads the case's encoding, compares it with `expected`, and writes it again. */
function roundTrip<T>(encoding: string, reader: (bytes: Uint8Array) => Result<T>, writer: (value: T) => Uint8Array, expected?: unknown): T {
  const value = must(reader(fromHex(encoding)));
  if (expected !== undefined) expect(asJson(value)).toEqual(expected);
  expect(toHex(writer(value))).toBe(encoding);
  return value;
}

const section = (chapter: Chapter, name: string): [string, Case][] => {
  const cases = valid[chapter][name] ?? [];
  return cases.map((item, i) => [item.name ?? item.kind ?? String(i), item]);
};

describe("cbor.json", () => {
  test.each(section("cbor", "values"))("%s", (_name, { value, encoding }) => {
    const decoded = must(decode(fromHex(encoding!)));
    expect(tagged(decoded)).toEqual(value);
    expect(toHex(encode(decoded))).toBe(encoding);
  });

  test.each(section("cbor", "hlcs"))("hlc %s", (_name, { time, counter, hlc, encoding }) => {
    const stamp = hlcAt(Number(time)) + BigInt(counter!);
    expect(stamp.toString()).toBe(hlc);
    expect(hlcTime(stamp)).toBe(time);
    expect(toHex(encode(stamp))).toBe(encoding);
  });
});

describe("accounts.json", () => {
  test.each(section("accounts", "geneses"))("genesis %s", (_name, item) => {
    const genesis = roundTrip(item.encoding!, decodeAccountGenesis, encodeAccountGenesis);
    expect(asJson(genesis)).toEqual({ identityKey: item.identityKey, nextKeyHash: item.nextKeyHash });
    expect(hash(labels.nextKey, item.nextKey!)).toBe(item.nextKeyHash);
    expect(hash(labels.account, item.encoding!)).toBe(item.account);
  });

  test.each(section("accounts", "certificates"))("%s", (_name, item) => {
    const body = roundTrip(item.bodyEncoding!, decodeCertificateBody, encodeCertificateBody, item.body);
    const certificate = roundTrip(item.encoding!, decodeCertificate, encodeCertificate);
    expect(asJson({ ...certificate, rotations: certificate.rotations.map(encodeSignedEntry) })).toEqual({
      genesis: item.genesis,
      rotations: item.rotations,
      body: item.bodyEncoding,
      signature: item.signature,
    });
    expect(verifies(toHex(body.by), labels.deviceCertificate, item.bodyEncoding!, item.signature!)).toBe(true);
    expect(verifies(body.device, labels.deviceAcceptance, item.bodyEncoding!, item.acceptance!)).toBe(true);
  });

  test.each(section("accounts", "entries"))("%s", (_name, item) => {
    roundTrip(item.encoding!, decodeAccountEntry, encodeAccountEntry, item.fields);
    expect(hash(labels.accountEntry, item.encoding!)).toBe(item.id);
    const signed = roundTrip(item.signed!, decodeSignedEntry, encodeSignedEntry);
    expect(toHex(signed.entry)).toBe(item.encoding);
    for (const { key, signature } of signed.signatures) {
      expect(verifies(toHex(key), labels.accountEntry, item.encoding!, toHex(signature))).toBe(true);
    }
  });
});

test.each(section("headers", "headers"))("headers.json: %s", (_name, item) => {
  const header = roundTrip(item.encoding!, decodeHeader, encodeHeader);
  expect({ ...(asJson(header) as object), ext: tagged(header.ext) }).toEqual(item.fields);
  expect(hash(labels.event, item.encoding!)).toBe(item.id);
  expect(verifies(header.device, labels.event, item.encoding!, item.signature!)).toBe(true);
});

describe("events.json", () => {
  test.each(section("events", "events"))("%s", (_name, item) => {
    const { header, signature, salt, payload } = item;
    const event = roundTrip(item.encoding!, decodeEvent, (read) => encode(eventValue(read)), { header, signature, salt, payload });
    const decoded = must(decodeHeader(event.header));
    expect(hash(labels.event, header!)).toBe(item.id);
    expect(verifies(decoded.device, labels.event, header!, signature!)).toBe(true);
    if (event.payload === null) return;
    expect(decoded.payloadLength).toBe(event.payload.length);
    expect(toHex(decoded.payloadHash)).toBe(hash(labels.payload, salt!, payload!));
  });

  test.each(valid.events.messages!)("message $text", ({ text, encoding }) => {
    expect(must(decodeMessage(fromHex(encoding!)))).toEqual({ text });
    if (text !== "with unknown keys") expect(toHex(encodeMessage({ text: text! }))).toBe(encoding);
  });

  test.each(valid.events.fallbacks!)("fallback of $payload", ({ payload, text }) => {
    expect(fallbackText(fromHex(payload!))).toBe(text);
  });
});

describe("records.json", () => {
  test.each(section("records", "records"))("%s", (_name, item) => {
    const record = roundTrip(item.encoding!, decodeRecord, encodeRecord, item.fields);
    expect(verifies(record.device, labels.record, item.encoding!, item.signature!)).toBe(true);
    const signedRecord = (bytes: Uint8Array) => readAs("signed record", bytes, readSignedRecord);
    roundTrip(item.signed!, signedRecord, (signed) => encode(signedRecordValue(signed)), {
      record: item.encoding,
      signature: item.signature,
    });
  });

  test.each(valid.records.profiles!)("profile $value.name", ({ value, encoding }) => {
    const profile = must(decodeProfile(fromHex(encoding!)));
    expect(profile).toEqual(value);
    expect(must(decodeProfile(encodeProfile(profile)))).toEqual(value);
  });

  test("addresses and acknowledgements", () => {
    for (const { value, encoding } of valid.records.addresses!) roundTrip(encoding!, decodeAddresses, encodeAddresses, value);
    for (const { value, encoding } of valid.records.acks!) roundTrip(encoding!, decodeAck, encodeAck, value);
    expect.assertions(4 * valid.records.acks!.length);
  });
});

describe("invite-links.json", () => {
  test.each(section("invite-links", "links"))("%s", (_name, item) => {
    const link = must(decodeInviteLink(item.text!, sha256));
    expect(asJson(link)).toEqual(item.fields);
    expect(encodeInviteLink(link, sha256)).toBe(item.text);
  });

  test.each(valid["invite-links"].pasted as unknown as string[])("pasted: %j", (pasted) => {
    expect(asJson(must(decodeInviteLink(pasted, sha256)))).toEqual(valid["invite-links"].links![0]!.fields);
  });
});

describe("frames.json", () => {
  test.each(valid.frames.frames!)("$fields.type", ({ fields, encoding }) => {
    roundTrip(encoding!, decodeFrame, encodeFrame, fields);
  });

  test("has every frame", () => {
    const seen = new Set(valid.frames.frames!.map(({ fields }) => fields.type));
    expect(seen).toEqual(new Set(Object.keys(frameNumbers)));
  });
});

describe("control-payloads.json", () => {
  test.each(section("control-payloads", "payloads"))("%s", (_name, item) => {
    const { kind, payload, root } = must(decodeControlPayload(item.kind as ControlKind, fromHex(item.encoding!)));
    expect(kind).toBe(item.kind);
    expect(asJson(payload)).toEqual(item.fields);
    expect(asJson(root)).toEqual(item.root);
    expect(toHex(encodeControlPayload(kind, payload, root))).toBe(item.encoding);
  });

  test("has every kind", () => {
    const seen = new Set(valid["control-payloads"].payloads!.map(({ kind }) => kind));
    expect(seen).toEqual(new Set(Object.keys(controlPayloads)));
  });
});

describe.each(Object.entries(invalid))("what %s.json lists as invalid", (_chapter, { refusedWhenDecoded, refusedWhenVerified = [] }) => {
  test("is refused when it is decoded", () => {
    const accepted = refusedWhenDecoded.filter((refused) => attempt(refused).ok);
    expect(accepted.map(({ format, why }) => `${format}: ${why}`)).toEqual([]);
    expect(refusedWhenDecoded.length).toBeGreaterThan(15);
  });

  test("is well formed where only a signature or a hash betrays it", () => {
    const decoders: Record<string, (item: Case) => Result<unknown>> = {
      certificate: (item) => decodeCertificate(fromHex(item.certificate!)),
      entry: (item) => decodeSignedEntry(fromHex(item.signed!)),
      header: (item) => decodeHeader(fromHex(item.header!)),
      event: (item) => decodeEvent(fromHex(item.event!)),
      "signed record": (item) => readAs("signed record", fromHex(item.signed!), readSignedRecord),
    };
    const malformed = refusedWhenVerified.filter((item) => !decoders[item.format!]!(item).ok);
    expect(malformed.map(({ why }) => why)).toEqual([]);
  });
});
