/**
 * What holds for every format: values come back as they went out; no input makes a reader throw; and what a reader accepts
 * has exactly one encoding, so that hashes and signatures over received bytes mean what they seem to.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ControlKind,
  type SignedRecord,
  controlPayloads,
  decodeControlPayload,
  encode,
  encodeControlPayload,
  fallbackText,
  fromHex,
  toHex,
} from "../src/index.ts";
import { bytes, bytesUpTo, cborValue, counterexample, mutated } from "./arbitraries.ts";
import {
  accountEntry,
  accountGenesis,
  ack,
  certificate,
  certificateBody,
  event,
  frame,
  header,
  record,
  signedEntry,
} from "./format-arbitraries.ts";
import { type FormatName, formatNamed } from "./formats.ts";
import { presence, readMark, status, typing } from "./presence-arbitraries.ts";
import { rootApprovals, rootRequest } from "./root-request-arbitraries.ts";
import { avatar, introduction, introductionContent, profile, vouch } from "./trust-arbitraries.ts";
import { valid } from "./vector-files.ts";

const signedRecord: fc.Arbitrary<SignedRecord> = fc.record({ record: bytesUpTo(90), signature: bytes(64) });

const arbitraries: { [Name in Exclude<FormatName, "value">]: fc.Arbitrary<unknown> } = {
  header,
  event,
  "account genesis": accountGenesis,
  "certificate body": certificateBody,
  certificate,
  "account entry": accountEntry,
  "signed entry": signedEntry,
  record,
  "signed record": signedRecord,
  profile,
  avatar,
  vouch,
  introduction,
  "introduction content": introductionContent,
  presence,
  typing,
  status,
  read: readMark,
  "root-request": rootRequest,
  "root-approval": rootApprovals,
  "own data": fc.record({ key: fc.stringMatching(/^[a-z][a-z-]{0,5}\/[!-~]{1,20}$/), value: fc.option(fc.string({ unit: "binary", maxLength: 30 }), { nil: null }) }),
  addresses: fc.array(fc.string({ minLength: 1 }), { maxLength: 16 }),
  ack,
  frame,
};

/** Formats in which unknown keys are ignored: there, writing what was read leaves them out. */
const open = new Set(["profile", "vouch", "status"]);

describe.each(Object.entries(arbitraries))("%s", (name, values) => {
  const { read, write } = formatNamed(name)!;
  const settled = (input: Uint8Array): boolean => {
    const value = read(input);
    return !value.ok || open.has(name) || toHex(write(value.value)) === toHex(input);
  };

  test("comes back as it went out", () => {
    const property = fc.property(values, (value) => {
      expect(read(write(value))).toEqual({ ok: true, value });
    });
    expect(counterexample(property, 150)).toBeNull();
  });

  test("survives every input, and accepts only what it would write", () => {
    expect(counterexample(fc.property(bytesUpTo(80), settled), 200)).toBeNull();
    expect(counterexample(fc.property(cborValue.map(encode), settled), 50)).toBeNull();
    expect(counterexample(fc.property(mutated(values.map(write)), settled), 300)).toBeNull();
  });
});

describe.each(Object.keys(controlPayloads) as ControlKind[])("payload of %s", (kind) => {
  const samples = valid["control-payloads"].payloads!.filter((item) => item.kind === kind);
  const encodings = fc.constantFrom(...samples.map(({ encoding }) => fromHex(encoding!)));
  const settled = (input: Uint8Array): boolean => {
    const decoded = decodeControlPayload(kind, input);
    if (!decoded.ok) return true;
    const { payload, root } = decoded.value;
    return toHex(encodeControlPayload(kind, payload, root)) === toHex(input);
  };

  test("survives every input, and accepts only what it would write", () => {
    expect(counterexample(fc.property(mutated(encodings), settled), 200)).toBeNull();
    expect(counterexample(fc.property(cborValue.map(encode), settled), 20)).toBeNull();
  });
});

test("the fallback text of any payload is text", () => {
  const property = fc.property(fc.oneof(bytesUpTo(40), cborValue.map(encode)), (input) => typeof fallbackText(input) === "string");
  expect(counterexample(property, 500)).toBeNull();
});
