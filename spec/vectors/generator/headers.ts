/** Vectors of spec/03-events.md: headers. */
import {
  type CborValue,
  type ChannelId,
  type DeviceId,
  type EventId,
  type Header,
  type SpaceId,
  encode,
  encodeHeader,
  hlcAt,
  toHex,
  zeroId,
} from "@multichat/protocol";
import { type Chapter, type Refused, refused, withFields } from "./cases.ts";
import { asJson, tagged } from "./json.ts";
import { ada, ascendingIds, bob, bytes, id, labelled, mallory, sign } from "./keys.ts";

const now = 1_760_000_000_000;

/** A plain message; everything else is told by what differs from it. */
export const message: Header = {
  space: id<SpaceId>("space"),
  channel: id<ChannelId>("channel"),
  device: ada.laptop.id as DeviceId,
  seq: 7,
  prev: id<EventId>("previous event"),
  deps: ascendingIds<EventId>("dep", 1),
  ctl: ascendingIds<EventId>("head", 1),
  auth: id<EventId>("grant"),
  hlc: hlcAt(now) + 3n,
  kind: "message",
  expires: 0,
  payloadLength: 12,
  payloadHash: bytes("payload hash"),
  ext: new Map(),
};

export const genesis: Header = {
  ...message,
  space: zeroId,
  channel: zeroId,
  seq: 1,
  prev: zeroId,
  deps: [],
  ctl: [],
  auth: zeroId,
  kind: "genesis",
};

const control: Header = { ...message, channel: message.space, deps: [], kind: "channel.create" };
const ext = (entries: [string, CborValue][]): ReadonlyMap<string, CborValue> => new Map(entries);

const headers: [name: string, header: Header][] = [
  ["a message", message],
  ["the genesis of a space", genesis],
  ["a control event", control],
  ["a mechanical control event, with zero auth", { ...control, kind: "merge", auth: zeroId }],
  ["a control event of a kind that nobody knows", { ...control, kind: "x-later.thing" }],
  ["the first event of a feed", { ...message, seq: 1, prev: zeroId, deps: [] }],
  ["the first control event of a device", { ...control, seq: 1, prev: zeroId }],
  ["eight deps and four heads", { ...message, deps: ascendingIds("dep", 8), ctl: ascendingIds("head", 4) }],
  ["the largest seq, hlc, expiry and payload", { ...message, seq: 2 ** 53 - 1, hlc: 2n ** 63n - 1n, expires: 2 ** 47 - 1, payloadLength: 65_536 }],
  ["the smallest hlc and an empty payload", { ...message, hlc: 0n, payloadLength: 0 }],
  ["a kind of 64 characters", { ...message, kind: "a-z.0-9.".repeat(8) }],
  ["a kind of one character", { ...message, kind: "-" }],
  ["extensions, one of them critical", { ...message, ext: ext([["note", ["x", 1, null, bytes("ext", 4)]], ["!wait", true]]) }],
  ["an integer above 2^53 in an extension", { ...message, ext: ext([["n", 2n ** 64n - 1n]]) }],
  ["an ext of exactly 256 bytes", { ...message, ext: ext([["pad", bytes("pad", 249)]]) }],
];

function undecodable(): Refused[] {
  const hex = encodeHeader(message);
  const change = (why: string, changes: Parameters<typeof withFields>[1], of = message): Refused =>
    refused("header", why, withFields(encodeHeader(of), changes));
  const zero = new Uint8Array(32);
  const some = bytes("some");
  const raw = (names: string[]): CborValue => names.map((name) => new Uint8Array(Buffer.from(name, "hex")));
  const many = (count: number): CborValue => raw(ascendingIds("many", count));
  return [
    change("version 0", { 0: 0 }),
    change("version 2", { 0: 2 }),
    change("the version as text", { 0: "1" }),
    change("a field too few", { 14: undefined }),
    change("a field too many", { 15: 0 }),
    refused("header", "a map", encode(new Map())),
    refused("header", "bytes after it", `${toHex(hex)}f6`),
    refused("header", "an array of indefinite length", `9f${toHex(hex).slice(2)}ff`),
    refused("header", "seq 7 in two bytes", toHex(hex).replace(`5820${message.device}07`, `5820${message.device}1807`)),
    change("a space of 31 bytes", { 1: bytes("s", 31) }),
    change("a channel of 33 bytes", { 2: bytes("c", 33) }),
    change("a device as hex text", { 3: message.device }),
    change("no device", { 3: null }),
    change("seq 0", { 4: 0 }),
    change("seq 0 with zero prev", { 4: 0, 5: zero }),
    change("seq 2^53", { 4: 2n ** 53n }),
    change("seq as text", { 4: "7" }),
    change("zero prev at seq 7", { 5: zero }),
    change("a prev at seq 1", { 4: 1 }),
    change("an empty prev", { 4: 1, 5: new Uint8Array(0) }),
    change("deps out of order", { 6: raw(ascendingIds<string>("dep", 2).toReversed()) }),
    change("the same dep twice", { 6: [some, some] }),
    change("nine deps", { 6: many(9) }),
    change("deps that are one id and not an array", { 6: some }),
    change("five heads", { 7: many(5) }),
    change("heads out of order", { 7: raw(ascendingIds<string>("head", 2).toReversed()) }),
    change("the same head twice", { 7: [some, some] }),
    change("no heads outside a genesis", { 7: [] }),
    change("null for auth", { 8: null }),
    change("an hlc of 2^63", { 9: 2n ** 63n }),
    change("an hlc of 2^64 − 1", { 9: 2n ** 64n - 1n }),
    change("an hlc as bytes", { 9: bytes("hlc", 8) }),
    change("an empty kind", { 10: "" }),
    change("a kind of 65 characters", { 10: "a".repeat(65) }),
    change("a kind with a capital letter", { 10: "Message" }),
    change("a kind with a space", { 10: "a message" }),
    change("a kind with an underscore", { 10: "my_kind" }),
    change("a kind that ends with a line feed", { 10: "message\n" }),
    change("a kind with a letter that is not ASCII", { 10: "méssage" }),
    change("a kind as bytes", { 10: bytes("kind", 7) }),
    change("an expiry of 2^47", { 11: 2 ** 47 }),
    change("null for no expiry", { 11: null }),
    change("a payload of 65,537 bytes", { 12: 65_537 }),
    change("a payload hash of 20 bytes", { 13: bytes("sha1", 20) }),
    change("null for no ext", { 14: null }),
    change("an ext that is an array", { 14: [] }),
    change("an ext of 257 bytes", { 14: ext([["pad", bytes("pad", 250)]]) }),
    change("a header above 1,024 bytes", { 14: ext([["pad", bytes("pad", 1000)]]) }),
    refused("header", "an ext with keys out of order", `${toHex(hex).slice(0, -2)}a2616200616100`),
    refused("header", "a float in ext", `${toHex(hex).slice(0, -2)}a16161f93c00`),
    change("a genesis with a space", { 1: some, 2: some }, genesis),
    change("a genesis with a channel", { 2: some }, genesis),
    change("a genesis at seq 2", { 4: 2, 5: some }, genesis),
    change("a genesis with prev", { 5: some }, genesis),
    change("a genesis with deps", { 6: [some] }, genesis),
    change("a genesis with heads", { 7: [some] }, genesis),
    change("a genesis with auth", { 8: some }, genesis),
    change("another kind with zero space", { 10: "message" }, genesis),
    change("the kind genesis inside a space", { 10: "genesis" }, control),
    change("zero channel inside a space", { 2: zero }),
    change("zero space in a channel", { 1: zero }),
    change("deps in the control log", { 6: [some] }, control),
    refused("header", "an event instead of its header", encode([hex, bytes("signature", 64)])),
  ];
}

export function headersChapter(): Chapter {
  const encoding = encodeHeader(message);
  const signature = sign(ada.laptop, "mc1/event", encoding);
  const other = encodeHeader({ ...message, seq: 8 });
  const forged = (why: string, header: Uint8Array, by: Uint8Array) => ({ format: "header", why, header: toHex(header), signature: toHex(by) });
  const turned = signature.slice();
  turned[63]! ^= 0x80;
  return {
    valid: {
      headers: headers.map(([name, header]) => {
        const bytesOfHeader = encodeHeader(header);
        return {
          name,
          fields: { ...(asJson(header) as object), ext: tagged(header.ext) },
          encoding: toHex(bytesOfHeader),
          id: toHex(labelled("mc1/event", bytesOfHeader)),
          seed: toHex(ada.laptop.seed),
          signature: toHex(sign(ada.laptop, "mc1/event", bytesOfHeader)),
        };
      }),
    },
    invalid: {
      refusedWhenDecoded: undecodable(),
      refusedWhenVerified: [
        forged("signed by another key", encoding, sign(mallory, "mc1/event", encoding)),
        forged("signed by another device of another account", encoding, sign(bob.laptop, "mc1/event", encoding)),
        forged("the signature of another event of this feed", other, signature),
        forged("signed without the label", encoding, sign(ada.laptop, "", encoding)),
        forged("signed under the label of records", encoding, sign(ada.laptop, "mc1/record", encoding)),
        forged("the id signed instead of the header", encoding, sign(ada.laptop, "mc1/event", labelled("mc1/event", encoding))),
        forged("the signature with its last bit turned", encoding, turned),
        forged("a signature of zeros", encoding, new Uint8Array(64)),
      ],
    },
  };
}
