/**
 * Ids (spec/01-encoding.md). On the wire an id is 32 bytes; in the program it is 64 lowercase hex digits, branded by what
 * it names, so that it can be a Map key, a JSON value and a log field without conversion. Made only by the parsers here.
 */
import { fromHex, toHex } from "./hex.ts";

declare const event: unique symbol;
declare const channel: unique symbol;
declare const space: unique symbol;
declare const device: unique symbol;
declare const account: unique symbol;
declare const thread: unique symbol;
declare const blob: unique symbol;

/** SHA-256("mc1/event" ‖ header bytes). */
export type EventId = string & { readonly [event]: true };
/** The id of the event that created the channel, or the space id for the control log. */
export type ChannelId = EventId & { readonly [channel]: true };
/** The id of the space's genesis event. Also the channel id of its control log. */
export type SpaceId = ChannelId & { readonly [space]: true };
/** A device's Ed25519 public key; also its libp2p PeerId. */
export type DeviceId = string & { readonly [device]: true };
/** SHA-256("mc1/account" ‖ account genesis). */
export type AccountId = string & { readonly [account]: true };
/** Of the timeline of a thread, where that of a channel may stand as well. Made by `threadId`. */
export type ThreadId = ChannelId & { readonly [thread]: true };
/** Of the bytes of a file. Made by `blobId`. */
export type BlobId = string & { readonly [blob]: true };
export type AnyId = EventId | DeviceId | AccountId | BlobId;

export const idLength = 32;
const idText = /^[0-9a-f]{64}$/;

function parseText<Id extends string>(text: string): Id | null {
  return idText.test(text) ? (text as Id) : null;
}

export const parseEventId = (text: string): EventId | null => parseText<EventId>(text);
export const parseChannelId = (text: string): ChannelId | null => parseText<ChannelId>(text);
export const parseSpaceId = (text: string): SpaceId | null => parseText<SpaceId>(text);
export const parseDeviceId = (text: string): DeviceId | null => parseText<DeviceId>(text);
export const parseAccountId = (text: string): AccountId | null => parseText<AccountId>(text);
export const parseBlobId = (text: string): BlobId | null => parseText<BlobId>(text);

/** The id that 32 bytes from the wire stand for; the caller has checked the length. */
export function idFromBytes<Id extends AnyId>(bytes: Uint8Array): Id {
  if (bytes.length !== idLength) throw new RangeError(`an id has ${idLength} bytes, not ${bytes.length}`);
  return toHex(bytes) as string as Id;
}

export function idToBytes(id: AnyId): Uint8Array {
  return fromHex(id);
}

/** 32 zero bytes: "none", as in the space and channel of a genesis or the `prev` of a feed's first event. */
export const zeroId = "0".repeat(64) as SpaceId & DeviceId & AccountId;
