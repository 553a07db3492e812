/** The code by which a new device finds one that is there already (spec/09-devices.md, Linking a device). */
import { base64urlnopad } from "@scure/base";
import { encode } from "./cbor/encode.ts";
import { bytesOf, id, list, readAs, textOf, time, tuple } from "./cbor/read.ts";
import { FormatError } from "./cbor/value.ts";
import { type DeviceId, idToBytes } from "./ids.ts";
import { concat } from "./labels.ts";
import { limits } from "./limits.ts";
import { type Result, fail } from "./result.ts";

export interface LinkCode {
  device: DeviceId;
  /** 16 bytes. */
  secret: Uint8Array;
  /** Ms. */
  expires: number;
  addresses: string[];
}

export const linkCodePrefix = "multichat://link/#";
const version = 1;
const checksumLength = 4;
/** Eight addresses of 256 characters, in base64. */
const longest = 3072;

/** `sha256` is passed in: this package has no cryptography of its own. */
export function encodeLinkCode({ device, secret, expires, addresses }: LinkCode, sha256: (bytes: Uint8Array) => Uint8Array): string {
  const bytes = encode([version, idToBytes(device), secret, expires, addresses]);
  return linkCodePrefix + base64urlnopad.encode(concat(bytes, sha256(bytes).subarray(0, checksumLength)));
}

/** Accepts what people paste: white space around it, or only what follows the `#`. */
export function decodeLinkCode(text: string, sha256: (bytes: Uint8Array) => Uint8Array): Result<LinkCode> {
  const trimmed = text.trim();
  if (trimmed.length > longest) return fail("link code: too long");
  const encoded = trimmed.startsWith(linkCodePrefix) ? trimmed.slice(linkCodePrefix.length) : trimmed;
  let bytes: Uint8Array;
  try {
    bytes = base64urlnopad.decode(encoded);
  } catch {
    return fail("link code: characters that do not belong in it, or cut short");
  }
  if (bytes.length <= checksumLength) return fail("link code: cut short");
  const body = bytes.subarray(0, -checksumLength);
  const sum = sha256(body);
  if (!bytes.subarray(-checksumLength).every((byte, i) => byte === sum[i])) return fail("link code: does not add up");
  return readAs("link code", body, (value) => {
    if (list(value, Infinity)[0] !== version) throw new FormatError("made by a newer version");
    const f = tuple(value, 5);
    return {
      device: id<DeviceId>(f[1]),
      secret: bytesOf(f[2], 16),
      expires: time(f[3]),
      addresses: list(f[4], limits.inviteAddresses).map((address) => textOf(address, 1, limits.address)),
    };
  });
}
