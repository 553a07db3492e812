/**
 * The payloads of the control kinds, rule set 0 (spec/04-control.md): a closed list. Each payload is a map with exactly
 * the keys named here.
 */
import { encode } from "../cbor/encode.ts";
import { mapOf, readAs } from "../cbor/read.ts";
import type { CborMap, CborValue } from "../cbor/value.ts";
import type { AccountId, ChannelId, DeviceId, EventId, SpaceId } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Result } from "../result.ts";
import * as f from "./field.ts";

const account = f.id<AccountId>();
const device = f.id<DeviceId>();
const event = f.id<EventId>();
const channel = f.id<ChannelId>();
const name = f.text(1, limits.name);
const permissions = f.uint;
const certificate = f.blob(limits.certificate);
const signature = f.bytes(64);
const signedHeader = f.tuple(f.blob(limits.header), signature);

export const controlPayloads = {
  genesis: {
    kind: f.oneOf("team", "private", "direct", "self"),
    rules: f.uint,
    account,
    device,
    certificate,
    acceptance: signature,
    root: f.tuple(f.rootKeys, f.uint, f.bytes(32)),
    parents: f.array(f.tuple(f.id<SpaceId>(), f.rootKeys), limits.parents),
    everyone: permissions,
    policy: f.policies,
    secret: f.bytes(32),
  },
  "root.rotate": { generation: f.uint, keys: f.rootKeys, k: f.uint, next: f.bytes(32) },
  "role.create": { rank: f.uint, name, colour: f.colour, permissions },
  "role.set": { role: event, on: permissions, off: permissions, name: f.nullable(name), colour: f.nullable(f.colour) },
  grant: { account, role: event },
  revoke: { grant: event },
  remove: { account },
  ban: { account, until: f.time },
  unban: { account },
  leave: { account },
  mute: { account, on: f.flag, until: f.time },
  lock: { channel, on: f.flag },
  slow: { channel, seconds: f.uint },
  override: { channel, subject: f.overrideSubject, allow: permissions, deny: permissions },
  "channel.create": { name, type: f.text(1, 32) },
  "channel.set": { channel, key: f.oneOf("name", "topic", "type", "retention"), value: f.text(0, limits.topic) },
  "channel.archive": { channel, on: f.flag },
  "invite.create": { role: event, key: f.bytes(32), expires: f.time, max: f.uint },
  "invite.revoke": { invite: event },
  join: { invite: event, account, device, certificate, acceptance: signature, proof: signature },
  admit: { join: event, invite: event },
  "device.bind": { account, device, by: device, certificate, acceptance: signature },
  "device.unbind": {
    account,
    device,
    by: device,
    revocation: f.nullable(f.blob(limits.certificate)),
    statement: f.nullable(signature),
  },
  cut: { cause: event, channel, devices: f.feedPoints, rest: f.flag },
  fence: { cause: event, channel, devices: f.feedPoints, rest: f.flag },
  adopt: { cause: event, ids: f.idSet(limits.page) },
  merge: { account },
  proof: { account, device, a: signedHeader, b: signedHeader },
  "parent.applied": { account, proof: f.blob(limits.certificate) },
  "key.rotate": { generation: f.uint, secret: f.array(f.tuple(device, f.blob(2048)), limits.page) },
  "policy.set": { key: name, value: f.policyValue },
} as const;

export type ControlKind = keyof typeof controlPayloads;

/** A payload by kind; every rank-0 event also has a root statement. */
export type ControlPayload<K extends ControlKind> = {
  -readonly [N in keyof (typeof controlPayloads)[K]]: (typeof controlPayloads)[K][N] extends f.Field<infer T> ? T : never;
};

/** Signatures of the root keys over a rank-0 event. */
export interface RootStatement {
  generation: number;
  signatures: [key: Uint8Array, signature: Uint8Array][];
}

const rootStatement = f.tuple(f.uint, f.array(f.tuple(f.bytes(32), signature), limits.rootKeys));

export function isControlKind(kind: string): kind is ControlKind {
  return Object.hasOwn(controlPayloads, kind);
}

export function encodeControlPayload<K extends ControlKind>(
  kind: K,
  payload: ControlPayload<K>,
  root: RootStatement | null = null,
): Uint8Array {
  const fields = controlPayloads[kind] as Record<string, f.Field<unknown>>;
  const map = new Map<string, CborValue>();
  for (const [key, field] of Object.entries(fields)) map.set(key, field.write((payload as Record<string, unknown>)[key]));
  if (root !== null && kind !== "genesis") map.set("root", rootStatement.write([root.generation, root.signatures]));
  return encode(map);
}

export interface DecodedControl<K extends ControlKind> {
  kind: K;
  payload: ControlPayload<K>;
  root: RootStatement | null;
}

/** One kind's payload with its name: what `switch (kind)` narrows. */
export type AnyControl = { [K in ControlKind]: DecodedControl<K> }[ControlKind];

export function decodeControlPayload(kind: ControlKind, bytes: Uint8Array): Result<AnyControl> {
  return readAs(kind, bytes, (value) => {
    const fields = controlPayloads[kind] as Record<string, f.Field<unknown>>;
    const keys = Object.keys(fields);
    const stated = kind !== "genesis" && value instanceof Map && value.has("root");
    const map: CborMap = mapOf(value, stated ? [...keys, "root"] : keys);
    const payload = Object.fromEntries(keys.map((key) => [key, fields[key]!.read(map.get(key))]));
    const statement = stated ? rootStatement.read(map.get("root")) : null;
    const root = statement === null ? null : { generation: statement[0], signatures: statement[1] };
    return { kind, payload, root } as unknown as AnyControl;
  });
}
