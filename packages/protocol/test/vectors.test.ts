/** This package against the vectors of spec/vectors, which other implementations run too. */
import { createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { asJson, tagged } from "../../../spec/vectors/generator/json.ts";
import {
  type ControlKind,
  type Result,
  concat,
  controlPayloads,
  decodeBackupItem,
  decodeControlPayload,
  decodeDeviceStep,
  decodeHeader,
  decodeInviteLink,
  decodeLinkCode,
  decodeRootRequest,
  decodeVerificationCode,
  encode,
  encodeBackupItem,
  encodeControlPayload,
  encodeDeviceStep,
  encodeInviteLink,
  encodeLinkCode,
  encodeSignedEntry,
  encodeVerificationCode,
  fallbackText,
  fromHex,
  hlcAt,
  hlcTime,
  labels,
  toHex,
} from "../src/index.ts";
import { frameNumbers } from "../src/frames/frame.ts";
import { type Format, type FormatName, formats } from "./formats.ts";
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

/** What a format's reader makes of an encoding, and what its writer makes of that. */
function roundTrip<T>(encoding: string, { read, write }: Format<T>) {
  const value = must(read(fromHex(encoding)));
  return { value, json: asJson(value), written: toHex(write(value)) };
}

const section = (chapter: Chapter, name: string): [string, Case][] => {
  const cases = valid[chapter][name] ?? [];
  return cases.map((item, i) => [item.name ?? item.kind ?? String(i), item]);
};

describe("cbor.json", () => {
  test.each(section("cbor", "values"))("%s", (_name, { value, encoding }) => {
    const { value: decoded, written } = roundTrip(encoding!, formats.value);
    expect(tagged(decoded)).toEqual(value);
    expect(written).toBe(encoding);
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
    const { json, written } = roundTrip(item.encoding!, formats["account genesis"]);
    expect(written).toBe(item.encoding);
    expect(json).toEqual({ identityKey: item.identityKey, nextKeyHash: item.nextKeyHash });
    expect(hash(labels.nextKey, item.nextKey!)).toBe(item.nextKeyHash);
    expect(hash(labels.account, item.encoding!)).toBe(item.account);
  });

  test.each(section("accounts", "certificates"))("%s", (_name, item) => {
    const { value: body, ...read } = roundTrip(item.bodyEncoding!, formats["certificate body"]);
    expect(read).toEqual({ json: item.body, written: item.bodyEncoding });
    const { value: certificate, written } = roundTrip(item.encoding!, formats.certificate);
    expect(written).toBe(item.encoding);
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
    const { json, written } = roundTrip(item.encoding!, formats["account entry"]);
    expect({ json, written }).toEqual({ json: item.fields, written: item.encoding });
    expect(hash(labels.accountEntry, item.encoding!)).toBe(item.id);
    const { value: signed, written: signedAgain } = roundTrip(item.signed!, formats["signed entry"]);
    expect(signedAgain).toBe(item.signed);
    expect(toHex(signed.entry)).toBe(item.encoding);
    for (const { key, signature } of signed.signatures) {
      expect(verifies(toHex(key), labels.accountEntry, item.encoding!, toHex(signature))).toBe(true);
    }
  });
});

test.each(section("headers", "headers"))("headers.json: %s", (_name, item) => {
  const { value: header, json, written } = roundTrip(item.encoding!, formats.header);
  expect(written).toBe(item.encoding);
  expect({ ...(json as object), ext: tagged(header.ext) }).toEqual(item.fields);
  expect(hash(labels.event, item.encoding!)).toBe(item.id);
  expect(verifies(header.device, labels.event, item.encoding!, item.signature!)).toBe(true);
});

describe("events.json", () => {
  const events = section("events", "events");

  test.each(events)("%s", (_name, item) => {
    const { header, signature, salt, payload } = item;
    const { json, written } = roundTrip(item.encoding!, formats.event);
    expect({ json, written }).toEqual({ json: { header, signature, salt, payload }, written: item.encoding });
    const { device } = must(decodeHeader(fromHex(header!)));
    expect(hash(labels.event, header!)).toBe(item.id);
    expect(verifies(device, labels.event, header!, signature!)).toBe(true);
  });

  test.each(events.filter(([, { payload }]) => payload !== null))("%s: the payload is that of the header", (_name, item) => {
    const { payloadLength, payloadHash } = must(decodeHeader(fromHex(item.header!)));
    expect(payloadLength).toBe(item.payload!.length / 2);
    expect(toHex(payloadHash)).toBe(hash(labels.payload, item.salt!, item.payload!));
  });

  test.each(valid.events.fallbacks!)("fallback of $payload", ({ payload, text }) => {
    expect(fallbackText(fromHex(payload!))).toBe(text);
  });
});

describe("records.json", () => {
  test.each(section("records", "records"))("%s", (_name, item) => {
    const { value: record, ...read } = roundTrip(item.encoding!, formats.record);
    expect(read).toEqual({ json: item.fields, written: item.encoding });
    expect(verifies(record.device, labels.record, item.encoding!, item.signature!)).toBe(true);
    const { json, written } = roundTrip(item.signed!, formats["signed record"]);
    expect({ json, written }).toEqual({ json: { record: item.encoding, signature: item.signature }, written: item.signed });
  });

  test.each(valid.records.profiles!)("profile $value.name", ({ value, encoding }) => {
    const { value: profile, written } = roundTrip(encoding!, formats.profile);
    expect(profile).toEqual(value);
    expect(must(formats.profile.read(fromHex(written)))).toEqual(value);
  });

  test.each(section("records", "avatars"))("avatar: %s", (_name, item) => {
    const { value: avatar, written } = roundTrip(item.encoding!, formats.avatar);
    expect(written).toBe(item.encoding);
    expect(avatar === null ? null : { type: avatar.type, width: avatar.width, height: avatar.height }).toEqual(item.kind);
  });

  test.each(valid.records.vouches!)("vouch $encoding", ({ value, encoding }) => {
    const { json, written } = roundTrip(encoding!, formats.vouch);
    expect({ json, written }).toEqual({ json: value, written: encoding });
  });

  test.each(valid.records.addresses!)("addresses $encoding", ({ value, encoding }) => {
    const { json, written } = roundTrip(encoding!, formats.addresses);
    expect({ json, written }).toEqual({ json: value, written: encoding });
  });

  test.each(valid.records.acks!)("acknowledgement $encoding", ({ value, encoding }) => {
    const { json, written } = roundTrip(encoding!, formats.ack);
    expect({ json, written }).toEqual({ json: value, written: encoding });
  });

  /** What the keys that may take over sign of a request. */
  function statement({ space, device, keys, k }: Case, request: string): string {
    const { generation, next, heads, seq } = must(decodeRootRequest(fromHex(request)))!;
    const payload = encodeControlPayload("root.rotate", { generation, keys: (keys as unknown as string[]).map(fromHex), k: Number(k), next });
    return toHex(encode([fromHex(space!), generation, "root.rotate", fromHex(hash(labels.payload, toHex(payload))), heads.map(fromHex), fromHex(device!), seq]));
  }

  test.each(section("records", "rootRequests"))("request for root keys: %s", (_name, item) => {
    const { json, written } = roundTrip(item.encoding!, formats["root-request"]);
    expect({ json, written }).toEqual({ json: item.fields, written: item.encoding });
  });

  test.each(section("records", "rootRequests").filter(([, { fields }]) => fields !== null))("what is signed of a request %s", (_name, item) => {
    expect(item.fields.next).toBe(hash(labels.nextKey, item.identityKey!));
    expect(statement(item, item.encoding!)).toBe(item.signed);
    expect(hash(labels.rootStatement, item.signed!)).toBe(item.id);
  });

  test.each(section("records", "rootApprovals"))("approval of a request %s", (_name, item) => {
    const { value: approvals, ...read } = roundTrip(item.encoding!, formats["root-approval"]);
    expect(read).toEqual({ json: item.value, written: item.encoding });
    for (const [key, signature] of approvals) {
      expect(verifies(toHex(key), labels.rootStatement, statement(item, item.request!), toHex(signature))).toBe(true);
    }
  });

  test.each(invalid.records.refusedWhenVerified!.filter(({ format }) => format === "root-approval"))("approval $why agrees to nothing", (item) => {
    const [[key, signature]] = must(formats["root-approval"].read(fromHex(item.encoding!))) as [[Uint8Array, Uint8Array]];
    const isOne = (item.keys as unknown as string[]).includes(toHex(key));
    expect(isOne && verifies(toHex(key), labels.rootStatement, statement(item, item.request!), toHex(signature))).toBe(false);
  });
});

describe("trust.json", () => {
  test.each(valid.trust.verificationCodes!)("$text", ({ fields, text }) => {
    const code = must(decodeVerificationCode(text!, sha256));
    expect(asJson(code)).toEqual(fields);
    expect(must(decodeVerificationCode(` ${text}\n`, sha256))).toEqual(code);
    expect(encodeVerificationCode(code, sha256)).toBe(text);
  });

  test.each(section("trust", "introductions"))("introduction: %s", (_name, item) => {
    expect(roundTrip(item.encoding!, formats.introduction).written).toBe(item.encoding);
    const { json, written } = roundTrip(item.contentEncoding!, formats["introduction content"]);
    expect({ json, written }).toEqual({ json: item.content, written: item.contentEncoding });
  });
});

describe("presence.json", () => {
  test.each(Object.keys(valid.presence))("every %s", (name) => {
    for (const { value, encoding } of valid.presence[name]!) {
      const { json, written } = roundTrip(encoding!, formats[name as "presence" | "typing" | "status" | "read"] as Format<unknown>);
      expect({ json, written }).toEqual({ json: value, written: encoding });
    }
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

describe("devices.json", () => {
  test.each(section("devices", "ownData"))("own data %s", (_name, { key, value, encoding, recordKey }) => {
    expect(roundTrip(encoding!, formats["own data"])).toEqual({ value: { key, value }, json: { key, value }, written: encoding });
    expect(hash(labels.ownKey, toHex(new TextEncoder().encode(key)))).toBe(recordKey);
  });

  test.each(section("devices", "linkCodes"))("link code %s", (_name, { fields, text }) => {
    const code = must(decodeLinkCode(text!, sha256));
    expect(asJson(code)).toEqual(fields);
    expect(encodeLinkCode(code, sha256)).toBe(text);
    expect(asJson(must(decodeLinkCode(` ${text!.slice("multichat://link/#".length)}\n`, sha256)))).toEqual(fields);
  });

  test.each(section("devices", "steps"))("step %s", (_name, { step, number, fields, encoding }) => {
    const read = must(decodeDeviceStep(Number(number), fromHex(encoding!)));
    expect({ step: read.step, fields: asJson(read.value) }).toEqual({ step, fields });
    expect(toHex(encodeDeviceStep(read).bytes)).toBe(encoding);
  });

  test.each(section("devices", "backupItems"))("backup item %s", (_name, { fields, encoding }) => {
    const item = must(decodeBackupItem(fromHex(encoding!)));
    expect(asJson(item)).toEqual(fields);
    expect(toHex(encodeBackupItem(item))).toBe(encoding);
  });
});

describe("frames.json", () => {
  test.each(valid.frames.frames!)("$fields.type", ({ fields, encoding }) => {
    const { json, written } = roundTrip(encoding!, formats.frame);
    expect({ json, written }).toEqual({ json: fields, written: encoding });
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
    expect(refusedWhenDecoded.length).toBeGreaterThan(10);
  });

  test("is well formed where only a signature or a hash betrays it", () => {
    const whole: Record<string, [format: FormatName, field: string]> = {
      certificate: ["certificate", "certificate"],
      introduction: ["introduction", "encoding"],
      entry: ["signed entry", "signed"],
      header: ["header", "header"],
      event: ["event", "event"],
      "signed record": ["signed record", "signed"],
      "root-approval": ["root-approval", "encoding"],
    };
    const malformed = refusedWhenVerified.filter((item) => {
      const [format, field] = whole[item.format!]!;
      return !formats[format].read(fromHex(item[field]!)).ok;
    });
    expect(malformed.map(({ why }) => why)).toEqual([]);
  });
});
