/** Vectors of spec/06-sync.md. */
import {
  type BlobId,
  type CborValue,
  type ChannelId,
  type DeviceId,
  type Frame,
  type HoldingsRow,
  type RecordBody,
  encode,
  encodeFrame,
  encodeRecord,
  hlcAt,
  toHex,
} from "@multichat/protocol";
import { adasAccount, laptopCertificate } from "./accounts.ts";
import { type Chapter, type Refused, refused, valueOf, withFields } from "./cases.ts";
import { asJson } from "./json.ts";
import { ada, ascendingIds, bob, bytes, hmac, id, join, kdf, keyPair, label, sha256, sign } from "./keys.ts";

const space = id<ChannelId>("space");
const channel = id<ChannelId>("channel");
const device = ada.laptop.id as DeviceId;
const tag = bytes("tag", 16);
const point = { incarnation: bytes("incarnation", 16), arrival: 4711 };
const hexBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));

const rows: HoldingsRow[] = [
  { channel, device, ranges: [[1, 3], [5, 9]], tip: id("tip"), forks: [] },
  { channel, device: bob.laptop.id as DeviceId, ranges: [[2, 2]], tip: id("fork 1"), forks: ascendingIds("fork", 2) },
];

const event = { header: bytes("header", 300), signature: bytes("signature", 64), salt: bytes("salt", 16), payload: bytes("payload", 20) };
const stub = { ...event, salt: null, payload: null };
const record = { record: bytes("record", 150), signature: bytes("signature", 64) };
const uintMax = 2 ** 53 - 1;

const open: Frame = { type: "open", tag, alias: 0, here: point, since: null, heads: ascendingIds("head", 1), digest: bytes("digest"), yours: [] };

const frames: Frame[] = [
  { type: "hello", versions: [1], nonce: bytes("nonce", 16), time: 1_760_000_000_000, agent: "multichat/0.1.0" },
  { type: "hello", versions: [1, 2, 3], nonce: bytes("nonce", 16), time: 2 ** 47 - 1, agent: "" },
  { type: "tags", tags: [] },
  { type: "tags", tags: Array.from({ length: 8 }, (_, i) => bytes(`tag ${i}`, 16)) },
  open,
  {
    ...open,
    alias: 65_535,
    since: { incarnation: bytes("other incarnation", 16), arrival: uintMax },
    heads: ascendingIds("head", 5),
    yours: [{ channel, seq: 1, id: id("tip") }, { channel: space, seq: 12, id: id("other tip") }],
  },
  { type: "close", alias: 3, code: "removed", text: "" },
  { type: "close", alias: 3, code: "left", text: "Ada left" },
  { type: "close", alias: 3, code: "wrong-rules", text: "rule set 7" },
  { type: "close", alias: 3, code: "stopped", text: "ü".repeat(256) },
  { type: "holdings", alias: 1, complete: true, through: 0, final: true, rows: [] },
  { type: "holdings", alias: 1, complete: false, through: 99, final: false, rows },
  { type: "want", alias: 1, request: 1, channel, ranges: [{ device, from: 1, to: 1 }, { device, from: 4, to: uintMax }], credit: 64 },
  { type: "want", alias: 1, request: 2, channel: space, ranges: [], credit: 0 },
  { type: "credit", alias: 1, request: 1, credit: 64 },
  { type: "get", alias: 1, request: 3, ids: [id("wanted"), id("another wanted"), id("wanted")] },
  { type: "events", alias: 1, request: 0, events: [event, stub] },
  { type: "events", alias: 1, request: 3, events: [] },
  { type: "end", alias: 1, request: 3, missing: [id("another wanted")] },
  { type: "end", alias: 1, request: 1, missing: [] },
  { type: "records", alias: 1, records: [record] },
  { type: "records", alias: 1, records: [] },
  { type: "digests", alias: 1, channels: [{ channel, buckets: bytes("buckets", 512) }] },
  { type: "invited", tag },
  {
    type: "join",
    tag,
    account: adasAccount,
    certificate: laptopCertificate.encoding,
    acceptance: laptopCertificate.acceptance,
    proof: bytes("proof", 64),
  },
  { type: "admission", tag, code: "ok", secret: bytes("space secret"), events: 12 },
  { type: "admission", tag, code: "invite-expired", secret: null, events: 0 },
  { type: "admission", tag, code: "invite-used-up", secret: null, events: 0 },
  { type: "admission", tag, code: "invite-revoked", secret: null, events: 0 },
  { type: "admission", tag, code: "invite-unknown", secret: null, events: 0 },
  { type: "ping", value: 0 },
  { type: "pong", value: uintMax },
  { type: "ephemeral", alias: 1, kind: "typing", ttl: 120_000, value: bytes("value", 1024) },
  { type: "ephemeral", alias: 1, kind: "x", ttl: 0, value: new Uint8Array(0) },
  ...(["version", "malformed", "out-of-order", "too-slow", "self", "stopped", "other"] as const).map(
    (code): Frame => ({ type: "bye", code, text: code === "other" ? "the disk is full" : "" }),
  ),
  { type: "device", step: 0, value: new Uint8Array(0) },
  { type: "device", step: 11, value: bytes("step", 300) },
  {
    type: "offer", id: id("space"), secret: bytes("space secret"), heads: [id("head")], people: [], name: "plans", account: adasAccount, log: [],
    peers: [{ device: ada.laptop.id as DeviceId, addresses: ["/ip4/192.0.2.7/tcp/4001"] }],
  },
  {
    type: "offer", id: id("space"), secret: bytes("space secret"), heads: ascendingIds("head", 2), people: [adasAccount], name: "", account: adasAccount,
    log: [bytes("entry", 60), bytes("other entry", 60)], peers: [],
  },
  { type: "fetch", alias: 1, request: 9, blob: id<BlobId>("blob"), part: "list", index: 0, count: 1 },
  { type: "fetch", alias: 1, request: 10, blob: id<BlobId>("blob"), part: "page", index: 4095, count: 1 },
  { type: "fetch", alias: 1, request: 11, blob: id<BlobId>("blob"), part: "chunk", index: 8_388_592, count: 16 },
  { type: "fetch", alias: 1, request: 11, blob: id<BlobId>("blob"), part: "chunk", index: 0, count: 0 },
  { type: "piece", alias: 1, request: 10, part: "page", index: 4095, bytes: bytes("chunk hashes", 96) },
  { type: "piece", alias: 1, request: 11, part: "chunk", index: 8_388_607, bytes: bytes("chunk", 100) },
  { type: "piece", alias: 1, request: 11, part: "chunk", index: 8_388_606, bytes: new Uint8Array(0) },
];

function undecodable(): Refused[] {
  const first = <T extends Frame["type"]>(type: T): Uint8Array => encodeFrame(frames.find((frame) => frame.type === type)!);
  const change = (type: Frame["type"], why: string, changes: Parameters<typeof withFields>[1]): Refused =>
    refused("frame", `${type}: ${why}`, withFields(first(type), changes));
  const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
  const ascending = (count: number) => Array.from({ length: count }, (_, i) => join(new Uint8Array(30), Uint8Array.of(i >> 8, i)));
  const some = bytes("some");
  const row = (changes: { [index: number]: CborValue }): CborValue[] => {
    const fields: CborValue[] = [hexBytes(channel), hexBytes(device), [1, 3], some, []];
    for (const [index, value] of Object.entries(changes)) fields[Number(index)] = value;
    return [fields];
  };
  const tooFew = [...new Set(frames.map(({ type }) => type))].map((type) => {
    const fields = valueOf(first(type)) as CborValue[];
    return change(type, "a field too few", { [fields.length - 1]: undefined });
  });
  const tooMany = [...new Set(frames.map(({ type }) => type))].map((type) => {
    const fields = valueOf(first(type)) as CborValue[];
    return change(type, "a field too many", { [fields.length]: 0 });
  });
  const aliased = (["close", "open", "holdings", "want", "credit", "get", "events", "end", "records", "digests", "ephemeral", "fetch", "piece"] as const).map((type) =>
    change(type, "an alias of 65,536", { [type === "open" ? 2 : 1]: 65_536 }),
  );
  // An event whose payload is as long as can be.
  const largeEvent: [string, number][] = [
    [`84${toHex(encode(event.header))}${toHex(encode(event.signature))}${toHex(encode(event.salt))}5a00010000`, 1],
    ["00", 65_536],
  ];
  return [
    refused("frame", "an empty array", encode([])),
    refused("frame", "no array", encode(15)),
    refused("frame", "a map", encode(new Map())),
    refused("frame", "an unknown number", encode([23])),
    refused("frame", "a large unknown number", encode([2n ** 64n - 1n])),
    refused("frame", "a name instead of a number", encode(["ping", 1])),
    refused("frame", "a number as bytes", encode([Uint8Array.of(15), 1])),
    refused("frame", "an array of indefinite length", "9f0f00ff"),
    refused("frame", "two frames in one", "820f00820f01"),
    {
      format: "frame",
      why: "more than 256 KiB",
      repeated: [["8408000085", 1], ...many(5, largeEvent).flat()],
    },
    ...tooFew,
    ...tooMany,
    ...aliased,
    change("hello", "versions as one number", { 1: 1 }),
    change("hello", "seventeen versions", { 1: many(17, 1) }),
    change("hello", "a nonce of 15 bytes", { 2: bytes("short", 15) }),
    change("hello", "a time of 2^47", { 3: 2 ** 47 }),
    change("hello", "an agent of 65 characters", { 4: "a".repeat(65) }),
    change("tags", "seven tags", { 1: many(7, tag) }),
    change("tags", "a tag of 32 bytes", { 1: [...many(7, tag), some] }),
    change("tags", "1,032 tags", { 1: many(1032, tag) }),
    change("open", "a tag of 8 bytes", { 1: bytes("short", 8) }),
    change("open", "an alias that is text", { 2: "a" }),
    change("open", "an incarnation of 32 bytes", { 3: some }),
    change("open", "an arrival of 2^53", { 4: 2n ** 53n }),
    change("open", "a since without arrival", { 5: [point.incarnation] }),
    change("open", "false for no since", { 5: false }),
    change("open", "heads out of order", { 6: ascending(2).toReversed() }),
    change("open", "513 heads", { 6: ascending(513) }),
    change("open", "a digest of 20 bytes", { 7: bytes("sha1", 20) }),
    change("open", "a tip at seq 0", { 8: [[some, 0, some]] }),
    change("open", "a tip without id", { 8: [[some, 1]] }),
    change("open", "513 tips", { 8: many(513, [some, 1, some]) }),
    change("close", "an unknown code", { 2: "bored" }),
    change("close", "a code of bye", { 2: "malformed" }),
    change("close", "an empty code", { 2: "" }),
    change("close", "a text of 257 characters", { 3: "a".repeat(257) }),
    change("holdings", "1 for true", { 2: 1 }),
    change("holdings", "null for not final", { 4: null }),
    change("holdings", "513 rows", { 5: many(513, row({})[0]!) }),
    change("holdings", "a row of four fields", { 5: [[some, some, [1, 1], some]] }),
    change("holdings", "a row that holds nothing", { 5: row({ 2: [] }) }),
    change("holdings", "half a range", { 5: row({ 2: [1] }) }),
    change("holdings", "ranges that touch", { 5: row({ 2: [1, 2, 3, 4] }) }),
    change("holdings", "a range from 0", { 5: row({ 2: [0, 1] }) }),
    change("holdings", "257 ranges", { 5: row({ 2: Array.from({ length: 514 }, (_, i) => 1 + 2 * (i >> 1)) }) }),
    change("holdings", "no tip", { 5: row({ 3: null }) }),
    change("holdings", "three forks", { 5: row({ 4: ascending(3) }) }),
    change("holdings", "forks out of order", { 5: row({ 4: ascending(2).toReversed() }) }),
    change("holdings", "the same fork twice", { 5: row({ 4: [some, some] }) }),
    change("want", "a range from 0", { 4: [[some, 0, 1]] }),
    change("want", "a range that ends before it begins", { 4: [[some, 2, 1]] }),
    change("want", "a range without end", { 4: [[some, 2]] }),
    change("want", "513 ranges", { 4: many(513, [some, 1, 1]) }),
    change("want", "null for a credit", { 5: null }),
    change("credit", "a credit of 2^53", { 3: 2n ** 53n }),
    change("get", "513 ids", { 3: many(513, some) }),
    change("get", "an id of 31 bytes", { 3: [bytes("short", 31)] }),
    change("events", "an event of three fields", { 3: [[event.header, event.signature, event.salt]] }),
    change("events", "an event as bytes", { 3: [event.header] }),
    change("events", "an event with a short signature", { 3: [[event.header, bytes("short", 63)]] }),
    change("end", "513 ids", { 3: many(513, some) }),
    change("records", "a record without signature", { 2: [[record.record]] }),
    change("records", "a record with a short signature", { 2: [[record.record, bytes("short", 63)]] }),
    change("digests", "buckets of 511 bytes", { 2: [[some, bytes("short", 511)]] }),
    change("digests", "buckets as an array", { 2: [[some, many(64, bytes("bucket", 8))]] }),
    change("invited", "a tag of 15 bytes", { 1: bytes("short", 15) }),
    change("join", "an account of 31 bytes", { 2: bytes("short", 31) }),
    change("join", "a certificate above 16,384 bytes", { 3: new Uint8Array(16_385) }),
    change("join", "the certificate as an array, not as bytes", { 3: valueOf(laptopCertificate.encoding) }),
    change("join", "an acceptance of 63 bytes", { 4: bytes("short", 63) }),
    change("join", "no proof", { 5: null }),
    change("admission", "an unknown code", { 2: "no" }),
    change("admission", "a secret of 16 bytes", { 3: bytes("short", 16) }),
    change("admission", "an empty secret", { 3: new Uint8Array(0) }),
    change("ping", "2^53", { 1: 2n ** 53n }),
    change("pong", "text", { 1: "pong" }),
    change("ephemeral", "an empty kind", { 2: "" }),
    change("ephemeral", "a kind of 65 characters", { 2: "a".repeat(65) }),
    change("ephemeral", "a ttl of 120,001", { 3: 120_001 }),
    change("ephemeral", "a value of 1,025 bytes", { 4: bytes("long", 1025) }),
    change("device", "an unknown step", { 1: 12 }),
    change("device", "a value as text", { 2: "value" }),
    change("offer", "a secret of 16 bytes", { 2: bytes("short", 16) }),
    change("offer", "no heads", { 3: [] }),
    change("offer", "five heads", { 3: many(5, some).map((_, i) => bytes(`head ${i}`)).sort(Buffer.compare) }),
    change("offer", "nine peers", { 4: many(9, [some, []]) }),
    change("offer", "people in no order", { 5: [bytes("a"), bytes("b")].sort(Buffer.compare).reverse() }),
    change("offer", "a name of 65 characters", { 6: "a".repeat(65) }),
    change("offer", "no account", { 7: null }),
    change("offer", "an entry above 65,536 bytes", { 8: [new Uint8Array(65_537)] }),
    change("fetch", "a blob of 31 bytes", { 3: bytes("short", 31) }),
    change("fetch", "an unknown part", { 4: "all" }),
    change("fetch", "a part as a number", { 4: 1 }),
    change("fetch", "a chunk beyond 2^40 bytes", { 5: 2 ** 23 }),
    change("fetch", "seventeen pieces", { 6: 17 }),
    change("piece", "an unknown part", { 3: "all" }),
    change("piece", "a chunk beyond 2^40 bytes", { 4: 2 ** 23 }),
    change("piece", "131,073 bytes", { 5: new Uint8Array(131_073) }),
    change("piece", "null for no bytes", { 5: null }),
    change("bye", "an unknown code", { 1: "tired" }),
    change("bye", "a code of close", { 1: "removed" }),
    change("bye", "a text of 257 characters", { 2: "a".repeat(257) }),
  ];
}

const records: RecordBody[] = ["ack", "profile"].map((type) => ({
  scope: type === "ack" ? space : adasAccount,
  account: adasAccount,
  device,
  type,
  key: type === "ack" ? hexBytes(channel) : new Uint8Array(0),
  hlc: hlcAt(1_760_000_000_000),
  value: bytes("value", 5),
}));

const rowValue = (row: HoldingsRow): CborValue => [
  hexBytes(row.channel),
  hexBytes(row.device),
  row.ranges.flat(),
  hexBytes(row.tip),
  row.forks.map(hexBytes),
];

/** Of rows and records that are in their order already. */
function digest(sortedRows: HoldingsRow[], sortedRecords: RecordBody[]): Uint8Array {
  const recordKeys = sortedRecords.map((of) =>
    encode([hexBytes(of.scope), hexBytes(of.account), hexBytes(of.device), of.type, of.key, of.hlc]),
  );
  return sha256(...sortedRows.map((row) => encode(rowValue(row))), ...recordKeys);
}

function buckets(sortedRows: HoldingsRow[]): Uint8Array {
  const parts = Array.from({ length: 64 }, (_, bucket) => {
    const inside = sortedRows.filter((row) => hexBytes(row.device)[0]! >> 2 === bucket);
    return sha256(...inside.map((row) => encode(rowValue(row)))).slice(0, 8);
  });
  return join(...parts);
}

export function framesChapter(): Chapter {
  const sorted = rows.toSorted((a, b) => (a.device < b.device ? -1 : 1));
  const place = (of: RecordBody): string => of.scope + of.account + of.type;
  const sortedRecords = records.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
  const nonces = [bytes("nonce of ada", 16), bytes("nonce of bob", 16)] as const;
  const directions = [
    [ada.laptop, bob.laptop, nonces[0], nonces[1]],
    [bob.laptop, ada.laptop, nonces[1], nonces[0]],
  ] as const;
  const secret = bytes("space secret");
  const invite = keyPair(kdf(bytes("invite secret"), "mc1/invite"));
  const tagged = (key: Uint8Array, labelBytes: Uint8Array) =>
    directions.map(([from, to, nonceFrom, nonceTo]) => ({
      from: from.id,
      to: to.id,
      nonceFrom: toHex(nonceFrom),
      nonceTo: toHex(nonceTo),
      tag: toHex(hmac(key, labelBytes, from.key, to.key, nonceFrom, nonceTo).slice(0, 16)),
    }));
  const tagKey = kdf(secret, "mc1/space-tag");
  const none = new Uint8Array(0);
  const proof = encode([hexBytes(space), hexBytes(id("invite")), hexBytes(adasAccount), ada.laptop.key]);
  return {
    valid: {
      frames: frames.map((frame) => ({ fields: asJson(frame), encoding: toHex(encodeFrame(frame)) })),
      spaceTags: tagged(tagKey, none).map((made) => ({ secret: toHex(secret), tagKey: toHex(tagKey), ...made })),
      inviteTags: tagged(invite.key, label("mc1/invite-tag")).map((made) => ({ inviteKey: invite.id, ...made })),
      inviteProofs: [
        {
          inviteSeed: toHex(invite.seed),
          inviteKey: invite.id,
          space,
          invite: id("invite"),
          account: adasAccount,
          device,
          proof: toHex(sign(invite, "mc1/invite-proof", proof)),
        },
      ],
      // Rows and records stand in their order here.
      digests: [
        { rows: [], records: [], digest: toHex(digest([], [])) },
        {
          rows: asJson(sorted),
          records: sortedRecords.map((of) => ({ fields: asJson(of), encoding: toHex(encodeRecord(of)) })),
          digest: toHex(digest(sorted, sortedRecords)),
        },
      ],
      buckets: [{ rows: asJson(sorted), buckets: toHex(buckets(sorted)) }],
    },
    invalid: { refusedWhenDecoded: undecodable() },
  };
}
