/** Invite links (spec/07-records-and-invites.md). The secret sits in the fragment: it is never sent anywhere by itself. */
import { base64urlnopad } from "@scure/base";
import { encode } from "./cbor/encode.ts";
import { bytesOf, id, ids, list, readAs, textOf, tuple } from "./cbor/read.ts";
import { FormatError } from "./cbor/value.ts";
import { type DeviceId, type EventId, type SpaceId, idToBytes } from "./ids.ts";
import { concat } from "./labels.ts";
import { limits } from "./limits.ts";
import { type Result, fail } from "./result.ts";

export interface InviteLink {
  space: SpaceId;
  heads: EventId[];
  invite: EventId;
  secret: Uint8Array;
  /** The inviter's device first. */
  peers: { device: DeviceId; addresses: string[] }[];
  spaceName: string;
  inviterName: string;
}

const version = 1;
const checksumLength = 4;
const prefix = "multichat://join/#";
const alphabet = /^[A-Za-z0-9_-]*$/;

/** `sha256` is passed in: this package has no cryptography of its own. */
export function encodeInviteLink(link: InviteLink, sha256: (bytes: Uint8Array) => Uint8Array): string {
  const bytes = encode([
    version,
    idToBytes(link.space),
    link.heads.map(idToBytes),
    idToBytes(link.invite),
    link.secret,
    link.peers.map(({ device, addresses }) => [idToBytes(device), addresses]),
    link.spaceName,
    link.inviterName,
  ]);
  return prefix + base64urlnopad.encode(concat(bytes, sha256(bytes).subarray(0, checksumLength)));
}

/** Accepts what people paste: white space around it, or only what follows the `#`. */
export function decodeInviteLink(text: string, sha256: (bytes: Uint8Array) => Uint8Array): Result<InviteLink> {
  const trimmed = text.trim();
  if (trimmed.length > limits.inviteLink) return fail("invite link: too long");
  const encoded = trimmed.startsWith(prefix) ? trimmed.slice(prefix.length) : trimmed;
  if (!alphabet.test(encoded)) return fail("invite link: characters that do not belong in it");
  let bytes: Uint8Array;
  try {
    bytes = base64urlnopad.decode(encoded);
  } catch {
    return fail("invite link: cut short");
  }
  if (bytes.length <= checksumLength) return fail("invite link: cut short");
  const body = bytes.subarray(0, -checksumLength);
  const sum = sha256(body);
  if (!bytes.subarray(-checksumLength).every((byte, i) => byte === sum[i])) return fail("invite link: does not add up");
  return readAs("invite link", body, (value) => {
    if (list(value, Infinity)[0] !== version) throw new FormatError("made by a newer version");
    const f = tuple(value, 8);
    const peers = list(f[5], limits.invitePeers).map((peer) => {
      const [device, addresses] = tuple(peer, 2);
      return {
        device: id<DeviceId>(device),
        addresses: list(addresses, limits.inviteAddresses).map((address) => textOf(address, 1, limits.address)),
      };
    });
    if (peers.length === 0) throw new FormatError("nobody to ask");
    return {
      space: id<SpaceId>(f[1]),
      heads: ids<EventId>(f[2], limits.heads),
      invite: id<EventId>(f[3]),
      secret: bytesOf(f[4], 32),
      peers,
      spaceName: textOf(f[6], 1, limits.name),
      inviterName: textOf(f[7], 1, limits.name),
    };
  });
}
