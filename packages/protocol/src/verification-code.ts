/** The code on somebody's screen that says who they are (spec/10-trust.md, Safety numbers). */
import { base64urlnopad } from "@scure/base";
import { encode } from "./cbor/encode.ts";
import { bytesOf, id, list, readAs, tuple } from "./cbor/read.ts";
import { FormatError } from "./cbor/value.ts";
import { type AccountId, idToBytes } from "./ids.ts";
import { concat } from "./labels.ts";
import { limits } from "./limits.ts";
import { type Result, fail } from "./result.ts";

export interface VerificationCode {
  account: AccountId;
  /** In force when the code was shown. */
  identityKey: Uint8Array;
}

const prefix = "multichat://verify/#";
const version = 1;
const checksumLength = 4;

/** `sha256` is passed in: this package has no cryptography of its own. */
export function encodeVerificationCode({ account, identityKey }: VerificationCode, sha256: (bytes: Uint8Array) => Uint8Array): string {
  const bytes = encode([version, idToBytes(account), identityKey]);
  return prefix + base64urlnopad.encode(concat(bytes, sha256(bytes).subarray(0, checksumLength)));
}

export function decodeVerificationCode(text: string, sha256: (bytes: Uint8Array) => Uint8Array): Result<VerificationCode> {
  const trimmed = text.trim();
  if (trimmed.length > limits.verificationCode) return fail("verification code: too long");
  if (!trimmed.startsWith(prefix)) return fail("verification code: begins with something else");
  let bytes: Uint8Array;
  try {
    bytes = base64urlnopad.decode(trimmed.slice(prefix.length));
  } catch {
    return fail("verification code: characters that do not belong in it, or cut short");
  }
  if (bytes.length <= checksumLength) return fail("verification code: cut short");
  const body = bytes.subarray(0, -checksumLength);
  const sum = sha256(body);
  if (!bytes.subarray(-checksumLength).every((byte, i) => byte === sum[i])) return fail("verification code: does not add up");
  return readAs("verification code", body, (value) => {
    if (list(value, Infinity)[0] !== version) throw new FormatError("made by a newer version");
    const f = tuple(value, 3);
    return { account: id<AccountId>(f[1]), identityKey: bytesOf(f[2], 32) };
  });
}
