/** Vectors of spec/07-records-and-invites.md: records and what they hold. */
import {
  type AckValue,
  type CborValue,
  type DeviceId,
  type RecordBody,
  decodeAvatar,
  encode,
  encodeAck,
  encodeAddresses,
  encodeAvatar,
  encodeProfile,
  encodeRecord,
  encodeVouch,
  hlcAt,
  toHex,
} from "@multichat/protocol";
import { adasAccount } from "./accounts.ts";
import { type Chapter, type Refused, refused, valueOf, withFields } from "./cases.ts";
import { asJson } from "./json.ts";
import { jpeg, png, webp } from "./images.ts";
import { ada, ascendingIds, bob, bytes, id, label, mallory, sign } from "./keys.ts";
import { approvalsForged, rootApproval, rootApprovalCases, rootRequest, rootRequestCases, rootRequestId, rootRequestsRefused } from "./root-requests.ts";

const nameOnly = (name: string) => ({ name, about: null, pronouns: null });
const profile = encodeProfile(nameOnly("Ada"));
const profiles = [
  ...["Ada", "A", "🦄".repeat(32)].map(nameOnly),
  { name: "Ada", about: "Reads **notes** by Menabrea.", pronouns: "she/her" },
  { name: "Ada", about: "a".repeat(500), pronouns: "p".repeat(40) },
];
const vouches = [null, { claim: "Ada", until: 0 }, { claim: "🦄".repeat(32), until: 2 ** 47 - 1 }];
const avatars: [name: string, image: Uint8Array | null][] = [
  ["none", null],
  ["PNG", png(64, 48)],
  ["PNG of 1,024 pixels a side and 32,768 bytes", png(1024, 1024, 32_768)],
  ["JPEG, baseline", jpeg(0xc0, 64, 48)],
  ["JPEG, progressive, with more before the frame", jpeg(0xc2, 1, 1024, ["ffe000104a46494600010100000100010000", "ffff", "ffc40003ee"])],
  ["WebP, lossy", webp.lossy(64, 48)],
  ["WebP, lossless", webp.lossless(1024, 1)],
  ["WebP, extended", webp.extended(1024, 1000)],
];

const named: RecordBody = {
  scope: adasAccount,
  account: adasAccount,
  device: ada.laptop.id as DeviceId,
  type: "profile",
  key: new Uint8Array(0),
  hlc: hlcAt(1_760_000_000_000) + 1n,
  value: profile,
};

const devices = ascendingIds<DeviceId>("acknowledged device", 2);
const acks: AckValue[] = [
  [],
  [{ device: devices[0]!, ranges: [[1, 1]] }],
  [
    { device: devices[0]!, ranges: [[1, 3], [5, 5], [7, 2 ** 53 - 1]] },
    { device: devices[1]!, ranges: [] },
  ],
];

const addresses: string[][] = [
  [],
  ["/ip4/192.0.2.7/udp/4001/quic-v1", "/ip6/2001:db8::7/tcp/4001", "/dns4/chat.example/tcp/443/tls/ws"],
  Array.from({ length: 16 }, (_, i) => `/ip4/192.0.2.${i}/tcp/1`),
];

const records: [name: string, record: RecordBody][] = [
  ["a profile", named],
  ["addresses", { ...named, type: "addresses", value: encodeAddresses(addresses[1]!) }],
  ["an acknowledgement", { ...named, scope: id("space"), type: "ack", key: bytes("channel"), value: encodeAck(acks[2]!) }],
  ["an avatar", { ...named, type: "avatar", value: encodeAvatar(png(64, 48)) }],
  ["a vouch", { ...named, scope: id("space"), type: "vouch", key: bytes("bob's account"), value: encodeVouch(vouches[1]!) }],
  ["a request for root keys", { ...named, scope: id("space"), type: "root-request", value: rootRequest }],
  ["an approval of it", { ...named, scope: id("space"), type: "root-approval", key: rootRequestId, value: rootApproval }],
  ["an unknown type, whose value may be anything", { ...named, type: "x.later-1", value: bytes("noise", 7) }],
  ["a key of 64 bytes, a type of 32 characters, an empty value and the largest hlc", {
    ...named,
    type: "abcdefghijklmnopqrstuvwxyz012345",
    key: bytes("long key", 64),
    value: new Uint8Array(0),
    hlc: 2n ** 63n - 1n,
  }],
];

const hexBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const ack = (why: string, rows: CborValue): Refused => refused("ack", why, encode(rows));
const avatar = (why: string, image: Uint8Array): Refused => refused("avatar", why, encode(image));
const vouch = (why: string, value: CborValue): Refused => refused("vouch", why, encode(value));
const ranges = (why: string, flat: CborValue): Refused => ack(why, [[hexBytes(devices[0]!), flat]]);

function undecodable(): Refused[] {
  const plain = encodeRecord(named);
  const record = (why: string, changes: Parameters<typeof withFields>[1]) => refused("record", why, withFields(plain, changes));
  const signed = encode([plain, sign(ada.laptop, "mc1/record", plain)]);
  const device = hexBytes(devices[0]!);
  const profileOf = (why: string, value: CborValue) => refused("profile", why, encode(value));
  return [
    record("another version", { 0: 2 }),
    record("no value", { 7: undefined }),
    record("a field too many", { 8: 0 }),
    record("a scope of 31 bytes", { 1: bytes("short", 31) }),
    record("an account as hex text", { 2: adasAccount }),
    record("a device of 16 bytes", { 3: bytes("short", 16) }),
    record("an empty type", { 4: "" }),
    record("a type of 33 characters", { 4: "a".repeat(33) }),
    record("a type with a capital letter", { 4: "Profile" }),
    record("a type with an underscore", { 4: "my_type" }),
    record("a type that ends with a line feed", { 4: "profile\n" }),
    record("a key of 65 bytes", { 5: bytes("long key", 65) }),
    record("null for no key", { 5: null }),
    record("a key as text", { 5: "" }),
    record("an hlc of 2^63", { 6: 2n ** 63n }),
    record("the value as a map, not as bytes", { 7: valueOf(profile) }),
    {
      format: "record",
      why: "a value of 65,537 bytes",
      repeated: [
        [toHex(plain).slice(0, -2 * (profile.length + 1)), 1],
        ["5a00010001", 1],
        ["00", 65_537],
      ],
    },
    refused("record", "bytes after it", `${toHex(plain)}00`),
    refused("signed record", "no signature", withFields(signed, { 1: undefined })),
    refused("signed record", "a signature of 65 bytes", withFields(signed, { 1: bytes("long", 65) })),
    refused("signed record", "the record as an array, not as bytes", withFields(signed, { 0: valueOf(plain) })),
    profileOf("no name", new Map()),
    profileOf("an empty name", new Map([["name", ""]])),
    profileOf("a name of 65 characters", new Map([["name", "a".repeat(65)]])),
    profileOf("33 characters that count twice", new Map([["name", "🦄".repeat(33)]])),
    profileOf("a name that is a number", new Map([["name", 1]])),
    profileOf("an array", ["Ada"]),
    profileOf("an empty about", new Map([["name", "Ada"], ["about", ""]])),
    profileOf("an about of 501 characters", new Map([["name", "Ada"], ["about", "a".repeat(501)]])),
    profileOf("null for about", new Map<string, CborValue>([["name", "Ada"], ["about", null]])),
    profileOf("pronouns of 41 characters", new Map([["name", "Ada"], ["pronouns", "p".repeat(41)]])),
    avatar("32,769 bytes", png(64, 48, 32_769)),
    avatar("a side of 1,025 pixels", png(1025, 1)),
    avatar("a side of no pixels", png(64, 0)),
    avatar("a picture as SVG", label('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')),
    avatar("a GIF", hexBytes("4749463839610100010000")),
    avatar("a PNG cut short before its size", png(64, 48).slice(0, 23)),
    avatar("a JPEG without a frame", hexBytes("ffd8ffda0002ffd9")),
    avatar("a JPEG cut short", hexBytes("ffd8ffe00010")),
    avatar("a JPEG with a segment of length 1", hexBytes("ffd8ffe00001ffc00011080030004003")),
    avatar("something else after the beginning of a JPEG", hexBytes("ffd800c0001108003000400301")),
    avatar("a WebP with another first chunk", hexBytes("524946461a000000574542504558494600000000")),
    avatar("nothing", new Uint8Array(0)),
    refused("avatar", "text", encode("none")),
    vouch("no claim", new Map([["until", 0]])),
    vouch("an empty claim", new Map<string, CborValue>([["claim", ""], ["until", 0]])),
    vouch("a claim of 65 characters", new Map<string, CborValue>([["claim", "a".repeat(65)], ["until", 0]])),
    vouch("no end named", new Map([["claim", "Ada"]])),
    vouch("an end of 2^47", new Map<string, CborValue>([["claim", "Ada"], ["until", 2 ** 47]])),
    vouch("false", false),
    refused("addresses", "seventeen addresses", encode(Array.from({ length: 17 }, () => "/ip4/192.0.2.1"))),
    refused("addresses", "an empty address", encode([""])),
    refused("addresses", "an address of 257 characters", encode(["a".repeat(257)])),
    refused("addresses", "an address as bytes", encode([bytes("address", 8)])),
    refused("addresses", "one address and no array", encode("/ip4/192.0.2.1")),
    ack("devices out of order", devices.toReversed().map((text) => [hexBytes(text), [1, 1]])),
    ack("the same device twice", [[device, [1, 1]], [device, [3, 3]]]),
    ack("a row without ranges", [[device]]),
    ack("a row of three fields", [[device, [1, 1], 0]]),
    ack("a device of 31 bytes", [[bytes("short", 31), [1, 1]]]),
    ranges("half a range", [1]),
    ranges("a range and a half", [1, 2, 4]),
    ranges("a range from 0", [0, 2]),
    ranges("a range that ends before it begins", [3, 2]),
    ranges("ranges that touch", [1, 2, 3, 4]),
    ranges("ranges that overlap", [1, 4, 3, 6]),
    ranges("ranges out of order", [5, 6, 1, 2]),
    ranges("the same range twice", [1, 2, 1, 2]),
    ranges("257 ranges", Array.from({ length: 514 }, (_, i) => 1 + 2 * (i >> 1))),
    ranges("a seq of 2^53", [1, 2n ** 53n]),
    ranges("a range as an array of its own", [[1, 2]]),
    ...rootRequestsRefused(),
  ];
}

export function recordsChapter(): Chapter {
  const plain = encodeRecord(named);
  const forged = (why: string, record: Uint8Array, signature: Uint8Array) => ({
    format: "signed record",
    why,
    signed: toHex(encode([record, signature])),
  });
  return {
    valid: {
      records: records.map(([name, record]) => {
        const encoding = encodeRecord(record);
        const signature = sign(ada.laptop, "mc1/record", encoding);
        return {
          name,
          fields: asJson(record),
          encoding: toHex(encoding),
          seed: toHex(ada.laptop.seed),
          signature: toHex(signature),
          signed: toHex(encode([encoding, signature])),
        };
      }),
      profiles: [
        ...profiles.map((value) => ({ value, encoding: toHex(encodeProfile(value)) })),
        { value: nameOnly("Ada"), encoding: toHex(encode(new Map([["name", "Ada"], ["colour", "#336699"]]))) },
      ],
      avatars: avatars.map(([name, image]) => {
        const encoding = encodeAvatar(image);
        const read = decodeAvatar(encoding);
        if (!read.ok) throw new Error(read.error);
        const kind = read.value === null ? null : { type: read.value.type, width: read.value.width, height: read.value.height };
        return { name, kind, encoding: toHex(encoding) };
      }),
      vouches: vouches.map((value) => ({ value, encoding: toHex(encodeVouch(value)) })),
      addresses: addresses.map((value) => ({ value, encoding: toHex(encodeAddresses(value)) })),
      acks: acks.map((value) => ({ value: asJson(value), encoding: toHex(encodeAck(value)) })),
      rootRequests: rootRequestCases,
      rootApprovals: rootApprovalCases,
    },
    invalid: {
      refusedWhenDecoded: undecodable(),
      refusedWhenVerified: [
        forged("signed by another key", plain, sign(mallory, "mc1/record", plain)),
        forged("signed under the label of events", plain, sign(ada.laptop, "mc1/event", plain)),
        forged("the signature of another record", encodeRecord({ ...named, hlc: named.hlc + 1n }), sign(ada.laptop, "mc1/record", plain)),
        forged("signed by the device's owner and not the device", plain, sign(ada.identity, "mc1/record", plain)),
        forged("a record that is none", bytes("noise", 40), sign(bob.laptop, "mc1/record", bytes("noise", 40))),
        ...approvalsForged(),
      ],
    },
  };
}
