/** fast-check arbitraries of well-formed values, one for each format. */
import fc from "fast-check";
import {
  type AccountEntry,
  type AccountGenesis,
  type AccountId,
  type BlobId,
  type AckValue,
  type CborValue,
  type Certificate,
  type CertificateBody,
  type ChannelId,
  type DeviceId,
  type EventId,
  type Frame,
  type Header,
  type InviteLink,
  type Ranges,
  type RecordBody,
  type SignedEntry,
  type SpaceId,
  type WireEvent,
  compareBytes,
  encode,
  limits,
  toHex,
  zeroId,
} from "../src/index.ts";
import { admissionCodes, blobParts, byeCodes, closeCodes } from "../src/frames/frame.ts";
import { bytes, bytesUpTo, cborValue } from "./arbitraries.ts";

const hexId = <Id extends string>() => bytes(32).map((id) => toHex(id) as Id);
const eventId = hexId<EventId>();
const deviceId = hexId<DeviceId>();
const accountId = hexId<AccountId>();
const channelId = hexId<ChannelId>();
const spaceId = hexId<SpaceId>();

const idSet = (maxLength: number, minLength = 0) =>
  fc.uniqueArray(eventId, { minLength, maxLength }).map((ids) => ids.toSorted());

/** Sizes are in UTF-16 code units, so that is what is cut to. */
const text = (least: number, most: number) =>
  fc
    .string({ unit: "binary", minLength: least, maxLength: most })
    .map((value) => (value.length <= most ? value : value.slice(0, most).replace(/[\ud800-\udbff]$/, "x")));

const name = text(1, 64);
const kind = fc.stringMatching(/^[a-z0-9.-]{1,64}$/);
const uint = fc.oneof(fc.nat(100), fc.maxSafeNat());
const time = fc.maxSafeNat().map((ms) => ms % 2 ** 47);
const hlc = fc.bigInt({ min: 0n, max: (1n << 63n) - 1n });
const seq = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.maxSafeNat().map((n) => n + (n === 0 ? 1 : 0)));
const signature = bytes(64);
const tag = bytes(16);

const ext = fc
  .uniqueArray(fc.tuple(text(0, 10), cborValue), { maxLength: 3, selector: ([key]) => key })
  .map((entries): ReadonlyMap<string, CborValue> => new Map(entries))
  .filter((map) => encode(map).length <= limits.ext);

const common = { hlc, expires: time, payloadLength: fc.nat(limits.payload), payloadHash: bytes(32), ext };

const genesis: fc.Arbitrary<Header> = fc.record({
  space: fc.constant(zeroId),
  channel: fc.constant(zeroId),
  device: deviceId,
  seq: fc.constant(1),
  prev: fc.constant(zeroId),
  deps: fc.constant([]),
  ctl: fc.constant([]),
  auth: fc.constant(zeroId),
  kind: fc.constant("genesis"),
  ...common,
});

const ordinary: fc.Arbitrary<Header> = fc
  .record({
    space: spaceId,
    channel: channelId,
    device: deviceId,
    seq,
    prev: eventId,
    deps: idSet(8),
    ctl: idSet(4, 1),
    auth: fc.oneof(eventId, fc.constant(zeroId)),
    kind: kind.filter((text) => text !== "genesis"),
    ...common,
  })
  .map((header) => (header.seq === 1 ? { ...header, prev: zeroId } : header));

const control = ordinary.map((header): Header => ({ ...header, channel: header.space, deps: [] }));

export const header = fc.oneof({ weight: 4, arbitrary: ordinary }, control, genesis);

export const accountGenesis: fc.Arbitrary<AccountGenesis> = fc.record({ identityKey: bytes(32), nextKeyHash: bytes(32) });

export const certificateBody: fc.Arbitrary<CertificateBody> = fc.record({
  account: accountId,
  device: deviceId,
  agreementKey: bytes(32),
  by: bytes(32),
  hlc,
});

export const signedEntry: fc.Arbitrary<SignedEntry> = fc.record({
  entry: bytesUpTo(200),
  signatures: fc
    .uniqueArray(fc.record({ key: bytes(32), signature }), { minLength: 1, maxLength: 4, selector: ({ key }) => toHex(key) })
    .map((pairs) => pairs.toSorted((a, b) => compareBytes(a.key, b.key))),
});

export const certificate: fc.Arbitrary<Certificate> = fc.record({
  genesis: bytesUpTo(100),
  rotations: fc.array(signedEntry, { maxLength: 3 }),
  body: bytesUpTo(200),
  signature,
});

export const accountEntry: fc.Arbitrary<AccountEntry> = fc.record({
  account: accountId,
  parents: idSet(8),
  hlc,
  body: fc.oneof(
    fc.record({ type: fc.constant("device.add" as const), certificate: bytesUpTo(300), acceptance: signature }),
    fc.record({
      type: fc.constant("device.revoke" as const),
      device: deviceId,
      reason: fc.constantFrom("retired" as const, "lost" as const, "stolen" as const),
    }),
    fc.record({ type: fc.constant("key.rotate" as const), identityKey: bytes(32), nextKeyHash: bytes(32) }),
  ),
});

export const ranges: fc.Arbitrary<Ranges> = fc
  .array(fc.tuple(fc.integer({ min: 2, max: 9 }), fc.nat(9)), { maxLength: 5 })
  .map((steps) => {
    let last = -1;
    return steps.map(([gap, length]): [number, number] => {
      const from = last + gap;
      last = from + length;
      return [from, last];
    });
  });

export const event: fc.Arbitrary<WireEvent> = fc.oneof(
  fc.record({ header: bytesUpTo(60), signature, salt: tag, payload: bytesUpTo(60) }),
  fc.record({ header: bytesUpTo(60), signature, salt: fc.constant(null), payload: fc.constant(null) }),
);

export const record: fc.Arbitrary<RecordBody> = fc.record({
  scope: hexId<string>(),
  account: accountId,
  device: deviceId,
  type: fc.stringMatching(/^[a-z0-9.-]{1,32}$/),
  key: bytesUpTo(64),
  hlc,
  value: bytesUpTo(100),
});

export const ack: fc.Arbitrary<AckValue> = fc
  .uniqueArray(fc.record({ device: deviceId, ranges }), { maxLength: 4, selector: ({ device }) => device })
  .map((rows) => rows.toSorted((a, b) => (a.device < b.device ? -1 : 1)));

const address = fc.constantFrom("/ip4/192.0.2.7/tcp/4001", "/ip6/2001:db8::7/udp/4001/quic-v1", "/dns4/ü.example/tcp/1");

export const inviteLink: fc.Arbitrary<InviteLink> = fc.record({
  space: spaceId,
  heads: idSet(4),
  invite: eventId,
  secret: bytes(32),
  peers: fc.array(fc.record({ device: deviceId, addresses: fc.array(address, { maxLength: 3 }) }), { minLength: 1, maxLength: 4 }),
  spaceName: name,
  inviterName: name,
});

const type = <const T extends string>(value: T) => fc.constant(value);
const alias = fc.nat(limits.aliases - 1);
const point = fc.record({ incarnation: tag, arrival: uint });
const asked = { alias, request: uint };
const few = { maxLength: 3 };
const words = text(0, 40);

export const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ type: type("hello"), versions: fc.array(uint, few), nonce: tag, time, agent: text(0, 64) }),
  fc.record({ type: type("tags"), tags: fc.constantFrom(0, 8, 16).chain((n) => fc.array(tag, { minLength: n, maxLength: n })) }),
  fc.record({
    type: type("open"),
    tag,
    alias,
    here: point,
    since: fc.option(point),
    heads: idSet(6),
    digest: bytes(32),
    yours: fc.array(fc.record({ channel: channelId, seq, id: eventId }), few),
  }),
  fc.record({ type: type("close"), alias, code: fc.constantFrom(...closeCodes), text: words }),
  fc.record({
    type: type("holdings"),
    alias,
    complete: fc.boolean(),
    through: uint,
    final: fc.boolean(),
    rows: fc.array(
      fc.record({ channel: channelId, device: deviceId, ranges: ranges.filter((held) => held.length > 0), tip: eventId, forks: idSet(2) }),
      few,
    ),
  }),
  fc.record({
    type: type("want"),
    ...asked,
    channel: channelId,
    ranges: fc.array(
      fc.record({ device: deviceId, from: fc.integer({ min: 1, max: 9 }), to: fc.integer({ min: 9, max: 30 }) }),
      few,
    ),
    credit: uint,
  }),
  fc.record({ type: type("credit"), ...asked, credit: uint }),
  fc.record({ type: type("get"), ...asked, ids: fc.array(eventId, few) }),
  fc.record({ type: type("events"), ...asked, events: fc.array(event, few) }),
  fc.record({ type: type("end"), ...asked, missing: fc.array(eventId, few) }),
  fc.record({ type: type("records"), alias, records: fc.array(fc.record({ record: bytesUpTo(90), signature }), few) }),
  fc.record({ type: type("digests"), alias, channels: fc.array(fc.record({ channel: channelId, buckets: bytes(512) }), { maxLength: 2 }) }),
  fc.record({ type: type("invited"), tag }),
  fc.record({ type: type("join"), tag, account: accountId, certificate: bytesUpTo(90), acceptance: signature, proof: signature }),
  fc.record({ type: type("admission"), tag, code: fc.constantFrom(...admissionCodes), secret: fc.option(bytes(32)), events: uint }),
  fc.record({ type: fc.constantFrom("ping" as const, "pong" as const), value: uint }),
  fc.record({ type: type("ephemeral"), alias, kind: name, ttl: fc.nat(120_000), value: bytesUpTo(50) }),
  fc.record({
    type: type("offer"), id: spaceId, secret: bytes(32), heads: idSet(4, 1), people: idSet(4) as fc.Arbitrary<string[]> as fc.Arbitrary<AccountId[]>, name: words,
    account: accountId, log: fc.array(bytesUpTo(90), few),
    peers: fc.array(fc.record({ device: deviceId, addresses: fc.array(name, { maxLength: 3 }) }), { maxLength: 3 }),
  }),
  fc.record({ type: type("bye"), code: fc.constantFrom(...byeCodes), text: words }),
  fc.record({
    type: type("fetch"), ...asked, blob: hexId<BlobId>(), part: fc.constantFrom(...blobParts), index: fc.nat(limits.chunks - 1),
    count: fc.nat(limits.pieces),
  }),
  fc.record({ type: type("piece"), ...asked, part: fc.constantFrom(...blobParts), index: fc.nat(limits.chunks - 1), bytes: bytesUpTo(90) }),
);
