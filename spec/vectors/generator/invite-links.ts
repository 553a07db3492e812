/** Vectors of spec/07-records-and-invites.md: invite links. */
import { base64urlnopad } from "@scure/base";
import {
  type CborValue,
  type DeviceId,
  type EventId,
  type InviteLink,
  type SpaceId,
  decodeInviteLink,
  encodeInviteLink,
  encode,
  toHex,
} from "@multichat/protocol";
import { type Chapter, type Refused, withFields } from "./cases.ts";
import { asJson } from "./json.ts";
import { ada, ascendingIds, bob, bytes, id, join, kdf, keyPair, label, sha256 } from "./keys.ts";

const prefix = "multichat://join/#";

const plain: InviteLink = {
  space: id<SpaceId>("space"),
  heads: ascendingIds<EventId>("head", 1),
  invite: id<EventId>("invite"),
  secret: bytes("invite secret"),
  peers: [{ device: ada.laptop.id as DeviceId, addresses: ["/ip4/192.0.2.7/tcp/4001"] }],
  spaceName: "Analytical Engine",
  inviterName: "Ada",
};

const links: [name: string, link: InviteLink][] = [
  ["a link", plain],
  ["no heads and no addresses", { ...plain, heads: [], peers: [{ device: ada.laptop.id as DeviceId, addresses: [] }] }],
  ["four heads and eight peers", {
    ...plain,
    heads: ascendingIds("head", 4),
    peers: Array.from({ length: 8 }, (_, i) => ({ device: id<DeviceId>(`peer ${i}`), addresses: [`/ip4/192.0.2.${i}/tcp/4001`] })),
  }],
  ["eight addresses of one peer", {
    ...plain,
    peers: [{ device: bob.laptop.id as DeviceId, addresses: Array.from({ length: 8 }, (_, i) => `/ip6/2001:db8::${i}/udp/4001/quic-v1`) }],
  }],
  ["names of one character and of 64, beyond ASCII", { ...plain, spaceName: "🦄".repeat(32), inviterName: "é" }],
];

/** The link bytes, as they stand before the checksum. */
function bodyOf(link: InviteLink): Uint8Array {
  const text = encodeInviteLink(link, sha256);
  return base64urlnopad.decode(text.slice(prefix.length)).slice(0, -4);
}

const linkText = (body: Uint8Array): string => prefix + base64urlnopad.encode(join(body, sha256(body).subarray(0, 4)));

function undecodable(): Refused[] {
  const body = bodyOf(plain);
  const text = linkText(body);
  const change = (why: string, changes: Parameters<typeof withFields>[1]): Refused => ({ format: "link", why, text: linkText(withFields(body, changes)) });
  const other = (why: string, changed: string): Refused => ({ format: "link", why, text: changed });
  const replaced = (at: number, by: string): string => text.slice(0, at) + by + text.slice(at + 1);
  const peer = (device: CborValue, addresses: CborValue): CborValue => [device, addresses];
  const heads = ascendingIds<string>("head", 2).map((head) => new Uint8Array(Buffer.from(head, "hex")));
  const lastByteChanged = join(body, sha256(body).subarray(0, 4));
  lastByteChanged[lastByteChanged.length - 1]! ^= 1;
  const padded = "A".repeat(4097);
  return [
    other("nothing at all", ""),
    other("only the beginning", prefix),
    other("cut short by one character", text.slice(0, -1)),
    other("cut short by half", text.slice(0, text.length / 2)),
    other("cut down to its checksum", prefix + base64urlnopad.encode(sha256(body).subarray(0, 4))),
    other("without its first character", prefix + text.slice(prefix.length + 1)),
    other("one character too many", `${text}A`),
    other("one character changed", replaced(40, text[40] === "A" ? "B" : "A")),
    other("two characters swapped", swapped(text, prefix.length + 50)),
    other("the last bit of the checksum changed", prefix + base64urlnopad.encode(lastByteChanged)),
    other("the checksum left out", prefix + base64urlnopad.encode(body)),
    other("the checksum first", prefix + base64urlnopad.encode(join(sha256(body).subarray(0, 4), body))),
    other("white space inside", `${text.slice(0, 60)} ${text.slice(60)}`),
    other("a line break inside", `${text.slice(0, 60)}\n${text.slice(60)}`),
    other("base64 with padding", `${text}=`),
    other("the alphabet of plain base64", replaced(60, "+")),
    other("another scheme", text.replace("multichat:", "https:")),
    other("another place than join", text.replace("/join/", "/leave/")),
    other("a query in front of the fragment", text.replace("/#", "/?x=1#")),
    other("more than 4,096 characters", prefix + padded),
    other("an address of this world wide web", "https://example.com/"),
    { format: "link", why: "a value after the link", text: linkText(join(body, Uint8Array.of(0))) },
    { format: "link", why: "bytes that are no CBOR", text: linkText(bytes("noise", 100)) },
    { format: "link", why: "a map", text: linkText(encode(new Map([["v", 1]]))) },
    change("a newer version", { 0: 2 }),
    change("a newer version with more fields", { 0: 2, 8: "more" }),
    change("version 0", { 0: 0 }),
    change("no inviter's name", { 7: undefined }),
    change("a field too many", { 8: 0 }),
    change("a space of 31 bytes", { 1: bytes("short", 31) }),
    change("heads out of order", { 2: heads.toReversed() }),
    change("the same head twice", { 2: [heads[0]!, heads[0]!] }),
    change("five heads", { 2: Array.from({ length: 5 }, (_, i) => new Uint8Array(32).fill(i)) }),
    change("null for the invite", { 3: null }),
    change("a secret of 16 bytes", { 4: bytes("short", 16) }),
    change("no peers", { 5: [] }),
    change("nine peers", { 5: Array.from({ length: 9 }, () => peer(bob.laptop.key, [])) }),
    change("a peer without addresses", { 5: [[bob.laptop.key]] }),
    change("a peer of 31 bytes", { 5: [peer(bytes("short", 31), [])] }),
    change("nine addresses of one peer", { 5: [peer(bob.laptop.key, Array.from({ length: 9 }, () => "/ip4/192.0.2.1"))] }),
    change("an empty address", { 5: [peer(bob.laptop.key, [""])] }),
    change("an address of 257 characters", { 5: [peer(bob.laptop.key, ["a".repeat(257)])] }),
    change("an empty name of the space", { 6: "" }),
    change("a name of the space of 65 characters", { 6: "a".repeat(65) }),
    change("an empty name of the inviter", { 7: "" }),
    change("a name as bytes", { 7: label("Ada") }),
  ];
}

function swapped(text: string, from: number): string {
  let at = from;
  while (text[at] === text[at + 1]) at++;
  return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2);
}

export function inviteLinksChapter(): Chapter {
  const text = encodeInviteLink(plain, sha256);
  return {
    valid: {
      links: links.map(([name, link]) => {
        const body = bodyOf(link);
        const written = linkText(body);
        if (!decodeInviteLink(written, sha256).ok) throw new Error(`${name}: cannot be read back`);
        const invite = keyPair(kdf(link.secret, "mc1/invite"));
        return {
          name,
          fields: asJson(link),
          encoding: toHex(body),
          checksum: toHex(sha256(body).subarray(0, 4)),
          text: written,
          inviteSeed: toHex(invite.seed),
          inviteKey: invite.id,
        };
      }),
      // What people paste instead of the text of the first link; it reads the same.
      pasted: [` ${text}`, `${text}\n`, `\r\n\t${text} \u00a0`, text.slice(prefix.length), `  ${text.slice(prefix.length)}\n`],
    },
    invalid: { refusedWhenDecoded: undecodable() },
  };
}
