/** Vectors of spec/04-control.md: the payloads of the control kinds. How they are judged is in control-logs.json. */
import {
  type CborValue,
  type ChannelId,
  type ControlKind,
  type ControlPayload,
  type DeviceId,
  type EventId,
  type RootStatement,
  type SpaceId,
  compareBytes,
  controlPayloads,
  encode,
  encodeControlPayload,
  encodeHeader,
  toHex,
} from "@multichat/protocol";
import { adasAccount, laptopCertificate, signedRevocation } from "./accounts.ts";
import { type Chapter, type Refused, refused, valueOf } from "./cases.ts";
import { message } from "./headers.ts";
import { type Json, asJson } from "./json.ts";
import { type KeyPair, ada, ascendingIds, bob, bytes, id, keyPair, labelled, mallory, sign } from "./keys.ts";

const account = adasAccount;
const device = ada.laptop.id as DeviceId;
export const space = id<SpaceId>("space");
const channel = id<ChannelId>("channel");
const { encoding: certificate, acceptance } = laptopCertificate;
const rootPairs = [keyPair(bytes("root key 1")), keyPair(bytes("root key 2"))].sort((a, b) => compareBytes(a.key, b.key));
const rootKeys = rootPairs.map(({ key }) => key);
const signature = bytes("signature", 64);
const everything = 2 ** 18 - 1;
const devices = ascendingIds<DeviceId>("cut device", 2);
const proofHalf = (seq: number): [header: Uint8Array, signature: Uint8Array] => {
  const header = encodeHeader({ ...message, seq });
  return [header, sign(ada.laptop, "mc1/event", header)];
};

type Payloads = { [K in ControlKind]: ControlPayload<K>[] };

const payloads: Payloads = {
  genesis: [
    {
      kind: "team",
      rules: 0,
      account,
      device,
      certificate,
      acceptance,
      root: [rootKeys, 2, labelled("mc1/next-key", mallory.key)],
      parents: [],
      everyone: 0,
      policy: new Map([["name", "Analytical Engine"]]),
      secret: labelled("mc1/space-secret", bytes("space secret")),
    },
    {
      kind: "self",
      rules: 0,
      account,
      device,
      certificate,
      acceptance,
      root: [[ada.next.key], 1, bytes("next root")],
      parents: [[id<SpaceId>("parent space"), rootKeys]],
      everyone: everything,
      policy: new Map<string, string | number>([["limit", 7], ["name", ""], ["history", "join"]]),
      secret: labelled("mc1/space-secret", bytes("other space secret")),
    },
  ],
  "root.rotate": [{ generation: 1, keys: rootKeys, k: 1, next: bytes("next root") }],
  "role.create": [
    { rank: 4000, name: "Member", colour: "#a1b2c3", permissions: 0b1_001_111 },
    { rank: 2 ** 53 - 1, name: "🦄".repeat(32), colour: "", permissions: 0 },
  ],
  "role.set": [
    { role: id("role"), on: 1, off: 2, name: null, colour: null },
    { role: id("role"), on: 0, off: 0, name: "Crew", colour: "" },
    { role: id("role"), on: 0, off: 0, name: null, colour: "#000000" },
  ],
  grant: [{ account, role: id("role") }],
  revoke: [{ grant: id("grant") }],
  remove: [{ account }],
  ban: [{ account, until: 0 }, { account, until: 2 ** 47 - 1 }],
  unban: [{ account }],
  leave: [{ account }],
  mute: [{ account, on: true, until: 1_760_000_000_000 }, { account, on: false, until: 0 }],
  lock: [{ channel, on: true }],
  slow: [{ channel, seconds: 30 }],
  override: [
    { channel, subject: { everyone: true }, allow: 0, deny: 1 },
    { channel, subject: { role: id<EventId>("role") }, allow: 1, deny: 0 },
    { channel, subject: { account }, allow: 3, deny: 4 },
  ],
  "channel.create": [{ name: "general", type: "text" }],
  "channel.set": [
    { channel, key: "name", value: "lounge" },
    { channel, key: "topic", value: "" },
    { channel, key: "topic", value: "ü".repeat(1024) },
    { channel, key: "type", value: "text" },
    { channel, key: "retention", value: "86400" },
  ],
  "channel.archive": [{ channel, on: true }, { channel, on: false }],
  "invite.create": [
    { role: id("role"), key: keyPair(bytes("invite key")).key, expires: 1_760_000_000_000, max: 10 },
    { role: id("role"), key: keyPair(bytes("invite key")).key, expires: 0, max: 0 },
  ],
  "invite.revoke": [{ invite: id("invite") }],
  join: [{ invite: id("invite"), account, device, certificate, acceptance, proof: signature }],
  admit: [{ join: id("join"), invite: id("invite") }],
  "device.bind": [{ account, device, by: ada.identity.id as DeviceId, certificate, acceptance }],
  "device.unbind": [
    { account, device: ada.phone.id as DeviceId, by: device, revocation: signedRevocation, statement: null },
    { account, device, by: ada.identity.id as DeviceId, revocation: null, statement: signature },
  ],
  cut: [
    { cause: id("cause"), channel, devices: devices.map((of, i) => [of, 7 + i, id<EventId>(`cut ${i}`)]), rest: true },
    { cause: id("cause"), channel, devices: [], rest: false },
  ],
  fence: [{ cause: id("cause"), channel, devices: [[devices[0]!, 1, id<EventId>("fenced")]], rest: false }],
  adopt: [{ cause: id("cause"), ids: ascendingIds("adopted", 3) }],
  merge: [{ account }],
  proof: [{ account, device, a: proofHalf(7), b: proofHalf(8) }],
  "parent.applied": [{ account, proof: bytes("proof of the parent", 90) }],
  "key.rotate": [{ generation: 2, secret: [[device, bytes("wrapped secret", 80)], [bob.laptop.id as DeviceId, new Uint8Array(0)]] }],
  "policy.set": [{ key: "history", value: "join" }, { key: "limit", value: 500 }, { key: "x".repeat(64), value: "" }],
};

const kinds = Object.keys(controlPayloads) as ControlKind[];
const encodingOf = (kind: ControlKind, payload: unknown, root: RootStatement | null = null): Uint8Array =>
  encodeControlPayload(kind, payload as never, root);

export interface StatedEvent {
  kind: ControlKind;
  payload: unknown;
  generation: number;
  heads: EventId[];
  device: DeviceId;
  seq: number;
}

const hexBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));

/** What the root keys sign: the payload hash is that of the payload without its key `root`, and without a salt. */
export function statement({ kind, payload, generation, heads, device: author, seq }: StatedEvent, of: string = space): Uint8Array {
  const payloadHash = labelled("mc1/payload", encodingOf(kind, payload));
  return encode([hexBytes(of), generation, kind, payloadHash, heads.map(hexBytes), hexBytes(author), seq]);
}

const stated: StatedEvent[] = [
  { kind: "remove", payload: { account }, generation: 0, heads: ascendingIds("head", 2), device, seq: 9 },
  { kind: "root.rotate", payload: payloads["root.rotate"][0]!, generation: 0, heads: ascendingIds("head", 1), device, seq: 10 },
];

function signStatement(event: StatedEvent, signers: KeyPair[]): RootStatement {
  const signed = statement(event);
  return { generation: event.generation, signatures: signers.map((signer) => [signer.key, sign(signer, "mc1/root-statement", signed)]) };
}

function undecodable(): Refused[] {
  const change = (kind: ControlKind, why: string, changes: { [key: string]: CborValue | undefined }): Refused => {
    const map = new Map(valueOf(encodingOf(kind, payloads[kind][0])) as ReadonlyMap<string, CborValue>);
    for (const [key, value] of Object.entries(changes)) {
      if (value === undefined) map.delete(key);
      else map.set(key, value);
    }
    return refused(kind, why, encode(map));
  };
  const missing = kinds.flatMap((kind) =>
    Object.keys(controlPayloads[kind]).map((key) => change(kind, `without "${key}"`, { [key]: undefined })),
  );
  const additional = kinds.map((kind) => change(kind, "with an additional key", { zzz: 0 }));
  const wrongType = kinds.map((kind) => {
    const key = Object.keys(controlPayloads[kind])[0]!;
    return change(kind, `with an array for "${key}"`, { [key]: [] });
  });
  const notMaps = kinds.map((kind) => refused(kind, "an array instead of a map", encode(Object.keys(controlPayloads[kind]))));
  const some = bytes("some");
  const ascending = (count: number) => Array.from({ length: count }, (_, i) => new Uint8Array(32).fill(0).with(30, i >> 8).with(31, i & 255));
  const keys = (of: CborValue, k: CborValue = 1): { [key: string]: CborValue } => ({ root: [of, k, some] });
  const rootOf = (of: CborValue) => ({ root: of });
  const short = bytes("short", 31);
  const points = devices.map((of): CborValue => [hexBytes(of), 1, some]);
  return [
    ...missing,
    ...additional,
    ...wrongType,
    ...notMaps,
    change("genesis", "an unknown kind of space", { kind: "club" }),
    change("genesis", "a kind with a capital letter", { kind: "Team" }),
    change("genesis", "the rule set as text", { rules: "0" }),
    change("genesis", "an account of 31 bytes", { account: short }),
    change("genesis", "a certificate above 16,384 bytes", { certificate: new Uint8Array(16_385) }),
    change("genesis", "the certificate as an array, not as bytes", { certificate: valueOf(certificate) }),
    change("genesis", "an acceptance of 63 bytes", { acceptance: bytes("short", 63) }),
    change("genesis", "no root keys", keys([])),
    change("genesis", "nine root keys", keys(ascending(9))),
    change("genesis", "root keys out of order", keys(rootKeys.toReversed())),
    change("genesis", "the same root key twice", keys([some, some])),
    change("genesis", "a root key of 31 bytes", keys([short])),
    change("genesis", "k as bytes", keys([some], some)),
    change("genesis", "a root without its next keys", { root: [[some], 1] }),
    change("genesis", "five parents", { parents: Array.from({ length: 5 }, () => [some, [some]]) }),
    change("genesis", "a parent without root keys", { parents: [[some, []]] }),
    change("genesis", "null for no parents", { parents: null }),
    change("genesis", "a policy that is a list", { policy: [] }),
    change("genesis", "a policy that is a flag", { policy: new Map([["name", true]]) }),
    change("genesis", "a policy with an empty key", { policy: new Map([["", 1]]) }),
    change("genesis", "a policy with a key of 65 characters", { policy: new Map([["a".repeat(65), 1]]) }),
    change("genesis", "a policy of 1,025 characters", { policy: new Map([["name", "a".repeat(1025)]]) }),
    change("genesis", "65 policies", { policy: new Map(Array.from({ length: 65 }, (_, i) => [`p${i}`, i])) }),
    change("genesis", "a secret of 31 bytes", { secret: short }),
    change("root.rotate", "no keys", { keys: [] }),
    change("root.rotate", "keys out of order", { keys: rootKeys.toReversed() }),
    change("root.rotate", "a generation of 2^53", { generation: 2n ** 53n }),
    change("role.create", "an empty name", { name: "" }),
    change("role.create", "a name of 65 characters", { name: "a".repeat(65) }),
    change("role.create", "33 characters that count twice", { name: "🦄".repeat(33) }),
    change("role.create", "null for no colour", { colour: null }),
    change("role.create", "a colour in capital letters", { colour: "#A1B2C3" }),
    change("role.create", "a colour of three digits", { colour: "#abc" }),
    change("role.create", "a colour with alpha", { colour: "#aabbccdd" }),
    change("role.create", "a colour without #", { colour: "a1b2c3" }),
    change("role.create", "a colour that ends with a line feed", { colour: "#a1b2c\n" }),
    change("role.create", "a colour by name", { colour: "red" }),
    change("role.create", "permissions as an array", { permissions: [0] }),
    change("role.create", "permissions of 2^53", { permissions: 2n ** 53n }),
    change("role.set", "an empty name", { name: "" }),
    change("role.set", "a colour by name", { colour: "red" }),
    change("role.set", "null for no changed permissions", { on: null }),
    change("ban", "until 2^47", { until: 2 ** 47 }),
    change("ban", "null for no end", { until: null }),
    change("mute", "1 for true", { on: 1 }),
    change("mute", "until 2^47", { until: 2 ** 47 }),
    change("slow", "seconds as text", { seconds: "30" }),
    change("override", "a subject in other words", { subject: "nobody" }),
    change("override", "a subject of 31 bytes", { subject: short }),
    change("override", "no account", { subject: [] }),
    change("override", "two accounts", { subject: [some, some] }),
    change("override", "null for everyone", { subject: null }),
    change("channel.create", "an empty name", { name: "" }),
    change("channel.create", "an empty type", { type: "" }),
    change("channel.create", "a type of 33 characters", { type: "a".repeat(33) }),
    change("channel.set", "an unknown key", { key: "colour" }),
    change("channel.set", "a value of 1,025 characters", { value: "a".repeat(1025) }),
    change("channel.set", "a value that is a number", { value: 1 }),
    change("channel.archive", "null for false", { on: null }),
    change("invite.create", "expires at 2^47", { expires: 2 ** 47 }),
    change("invite.create", "a key of 31 bytes", { key: short }),
    change("invite.create", "null for no limit", { max: null }),
    change("join", "a proof of 63 bytes", { proof: bytes("short", 63) }),
    change("device.unbind", "a statement of 63 bytes", { statement: bytes("short", 63) }),
    change("device.unbind", "an empty statement", { statement: new Uint8Array(0) }),
    change("device.unbind", "a revocation above 16,384 bytes", { revocation: new Uint8Array(16_385) }),
    change("cut", "devices out of order", { devices: points.toReversed() }),
    change("cut", "the same device twice", { devices: [points[0]!, points[0]!] }),
    change("cut", "a device without hash", { devices: [[some, 1]] }),
    change("cut", "513 devices", { devices: ascending(513).map((of) => [of, 1, some]) }),
    change("fence", "devices out of order", { devices: points.toReversed() }),
    change("fence", "1 for true", { rest: 1 }),
    change("adopt", "ids out of order", { ids: ascending(2).toReversed() }),
    change("adopt", "the same id twice", { ids: [some, some] }),
    change("adopt", "513 ids", { ids: ascending(513) }),
    change("proof", "a header of 1,025 bytes", { a: [bytes("long", 1025), signature] }),
    change("proof", "a header without signature", { b: [bytes("header", 300)] }),
    change("parent.applied", "a proof above 16,384 bytes", { proof: new Uint8Array(16_385) }),
    change("key.rotate", "a wrapped secret above 2,048 bytes", { secret: [[some, new Uint8Array(2049)]] }),
    change("key.rotate", "513 wrapped secrets", { secret: ascending(513).map((of) => [of, new Uint8Array(0)]) }),
    change("key.rotate", "a device of 31 bytes", { secret: [[short, some]] }),
    change("policy.set", "an empty key", { key: "" }),
    change("policy.set", "a key of 65 characters", { key: "a".repeat(65) }),
    change("policy.set", "a value of 1,025 characters", { value: "a".repeat(1025) }),
    change("policy.set", "a value that is a flag", { value: true }),
    change("policy.set", "null for a value", { value: null }),
    change("remove", "a root statement that is null", rootOf(null)),
    change("remove", "a root statement without signatures", rootOf([0])),
    change("remove", "a root statement with a short signature", rootOf([0, [[some, bytes("short", 63)]]])),
    change("remove", "a root statement with nine signatures", rootOf([0, ascending(9).map((key) => [key, signature])])),
    change("remove", "a root statement with a key of 31 bytes", rootOf([0, [[short, signature]]])),
    refused("grant", "keys out of order", "a2" + toHex(encode("account")) + toHex(encode(some)) + toHex(encode("role")) + toHex(encode(some))),
    refused("leave", "the same key twice", "a2" + (toHex(encode("account")) + toHex(encode(some))).repeat(2)),
  ];
}

export function controlPayloadsChapter(): Chapter {
  const signed = stated.map((event) => ({ event, root: signStatement(event, rootPairs) }));
  const genesisId = id<EventId>("genesis");
  const row = (kind: ControlKind, payload: unknown, root: RootStatement | null): { [key: string]: Json } => ({
    kind,
    fields: asJson(payload),
    root: asJson(root),
    encoding: toHex(encodingOf(kind, payload, root)),
  });
  const unbind = encode([hexBytes(space), hexBytes(device), ascendingIds("head", 2).map(hexBytes)]);
  return {
    valid: {
      payloads: [
        ...kinds.flatMap((kind) => payloads[kind].map((payload) => row(kind, payload, null))),
        ...signed.map(({ event, root }) => row(event.kind, event.payload, root)),
      ],
      genesisIds: [
        {
          genesis: genesisId,
          ownerRole: toHex(labelled("mc1/owner-role", hexBytes(genesisId))),
          founderGrant: toHex(labelled("mc1/founder-grant", hexBytes(genesisId))),
        },
      ],
      spaceSecrets: [{ secret: toHex(bytes("space secret")), hash: toHex(labelled("mc1/space-secret", bytes("space secret"))) }],
      rootStatements: signed.map(({ event, root }) => ({
        space,
        generation: event.generation,
        kind: event.kind,
        payload: toHex(encodingOf(event.kind, event.payload)),
        heads: event.heads,
        device: event.device,
        seq: event.seq,
        signed: toHex(statement(event)),
        seeds: rootPairs.map(({ seed }) => toHex(seed)),
        signatures: asJson(root.signatures),
      })),
      unbindStatements: [
        {
          space,
          device,
          heads: ascendingIds("head", 2),
          identitySeed: toHex(ada.identity.seed),
          identityKey: ada.identity.id,
          signed: toHex(unbind),
          statement: toHex(sign(ada.identity, "mc1/root-statement", unbind)),
        },
      ],
    },
    invalid: { refusedWhenDecoded: undecodable() },
  };
}

