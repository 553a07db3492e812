/** A space whose members write control events and messages by hand, each knowing what it has been told. */
import { type ControlEvent, type ControlLog, type Event, type SignedCertificate, certifyDevice, createAccount, createControlLog, eventId, founderGrantId, ownerRoleId, permissionSet, signEntry } from "@multichat/core";
import {
  type AccountId, type AnyControl, type ChannelId, type ControlKind, type ControlPayload, type DeviceId, type EventId, type Header, type Hlc,
  type RootStatement, type SignedEntry, type SpaceId, decodeSignedEntry, encodeControlPayload, encodeHeader, hlcAt, idFromBytes, labels, zeroId,
} from "@multichat/protocol";
import type { SeededRandom } from "@multichat/testing/random";
import { commitment, rootMessage } from "../../src/control/rules/root.ts";
import { fakeCrypto as crypto } from "./fake-crypto.ts";

export const nothing = zeroId as unknown as EventId;
const start = Date.UTC(2026, 0, 1);

export interface Device {
  id: DeviceId;
  seed: Uint8Array;
  certified: SignedCertificate;
  owner: Account;
  /** Heads of what it has been told. */
  knows: EventId[];
}

export interface Account {
  name: string;
  id: AccountId;
  /** Of the identity key in force. */
  identitySeed: Uint8Array;
  nextSeed: Uint8Array;
  genesis: Uint8Array;
  rotations: SignedEntry[];
  devices: Device[];
}

export interface IdentityKey {
  seed: Uint8Array;
  /** That lead to it. */
  rotations: readonly SignedEntry[];
}

export interface RootKeys {
  seeds: Uint8Array[];
  k: number;
}

export interface Message {
  header: Header;
  id: EventId;
}

export interface WriteOptions {
  auth?: EventId;
  heads?: readonly EventId[];
  /** Later than what it cites by so much, ms. */
  ahead?: number;
  /** Signed by these of a generation of root keys. */
  root?: { generation: number; seeds: readonly Uint8Array[] };
}

export const roleKinds = {
  admin: { rank: 2000, permissions: 2 ** 17 - 1 },
  moderator: { rank: 3000, permissions: permissionSet("send", "reply", "react", "invite", "approve-joins", "manage-messages", "mute", "kick", "ban", "manage-channels") },
  helper: { rank: 4000, permissions: permissionSet("send", "react", "invite", "mute", "kick", "ban", "manage-roles") },
  member: { rank: 4000, permissions: permissionSet("send", "reply", "react", "invite") },
  guest: { rank: 5000, permissions: permissionSet("send") },
} as const;

export type RoleKind = keyof typeof roleKinds;

const decoded = new WeakMap<Event, AnyControl | null>();
export const readEvent = (event: Event): AnyControl | null => decoded.get(event) ?? null;

export class World {
  readonly random: SeededRandom;
  readonly log: ControlLog;
  readonly space: SpaceId;
  readonly founder: Account;
  readonly founderGrant: EventId;
  readonly ownerRole: EventId;
  readonly roots: RootKeys[];
  readonly events: Event[] = [];
  readonly messages: Message[] = [];
  readonly roles = {} as Record<RoleKind, EventId>;
  /** Grants by account, as they were given, whether or not they stand. */
  readonly grants = new Map<AccountId, EventId[]>();
  readonly channels: ChannelId[] = [];
  readonly devices = new Map<DeviceId, Device>();
  /** Devices in hands that do not have the identity key. */
  readonly thieves = new Set<Device>();
  /** Devices in hands that have an identity key that was replaced. */
  readonly finders = new Map<Device, IdentityKey>();
  /** A space whose removals are applied here. */
  readonly parent: { space: SpaceId; seeds: Uint8Array[] };
  #count = 0;

  constructor(random: SeededRandom) {
    this.random = random;
    this.parent = { space: idFromBytes<SpaceId>(this.#seed()), seeds: [this.#seed(), this.#seed(), this.#seed()] };
    this.founder = this.account("Ada");
    const [device] = this.founder.devices;
    const size = random.pick([1, 3]);
    this.roots = [0, 1, 2].map(() => ({ seeds: Array.from({ length: size }, () => this.#seed()), k: size === 1 ? 1 : 2 }));
    const payload: ControlPayload<"genesis"> = {
      kind: "team", rules: 0, account: this.founder.id, device: device!.id, ...device!.certified,
      root: [keysOf(this.roots[0]!), this.roots[0]!.k, commitment(crypto, keysOf(this.roots[1]!))],
      parents: [[this.parent.space, this.parent.seeds.map(crypto.publicKey).sort(Buffer.compare)]], everyone: 0, policy: new Map(), secret: new Uint8Array(32),
    };
    const genesis = this.#sign({ space: zeroId as SpaceId, channel: zeroId as SpaceId, device: device!.id, seq: 1, prev: nothing, ctl: [], auth: nothing, hlc: hlcAt(start), kind: "genesis" }, "genesis", payload);
    this.space = genesis.id as SpaceId;
    this.log = createControlLog(this.space, readEvent);
    this.#put(genesis, device!);
    this.founderGrant = founderGrantId(crypto, genesis.id);
    this.ownerRole = ownerRoleId(crypto, genesis.id);
    this.grants.set(this.founder.id, [this.founderGrant]);
  }

  #seed(): Uint8Array {
    return this.random.bytes(32);
  }

  account(name: string): Account {
    const made = createAccount(crypto, this.random);
    const account: Account = { name, id: made.id, identitySeed: made.identitySeed, nextSeed: made.nextSeed, genesis: made.genesis, rotations: [], devices: [] };
    this.device(account, made.identitySeed);
    return account;
  }

  /** A new device, certified by the identity key or by another device of the account. @param shown rotations that its certificate carries */
  device(owner: Account, bySeed: Uint8Array, seed = this.#seed(), shown: readonly SignedEntry[] = owner.rotations): Device {
    const certified = certifyDevice(crypto, { account: owner.id, genesis: owner.genesis, rotations: shown, device: { signingSeed: seed, agreementKey: seed }, bySeed, hlc: hlcAt(start) });
    const device: Device = { id: idFromBytes<DeviceId>(crypto.publicKey(seed)), seed, certified, owner, knows: [] };
    owner.devices.push(device);
    this.devices.set(device.id, device);
    return device;
  }

  /** Replaces the recovery phrase; the device that did it certifies itself anew. */
  replacePhrase(device: Device): void {
    const { owner } = device;
    const [old, next, afterwards] = [owner.identitySeed, owner.nextSeed, this.#seed()];
    const body = { type: "key.rotate" as const, identityKey: crypto.publicKey(next), nextKeyHash: crypto.sha256(labels.nextKey, crypto.publicKey(afterwards)) };
    const signed = decodeSignedEntry(signEntry(crypto, { account: owner.id, parents: [], hlc: hlcAt(start), body }, [old, next]));
    if (!signed.ok) throw new Error(signed.error);
    Object.assign(owner, { identitySeed: next, nextSeed: afterwards, rotations: [...owner.rotations, signed.value] });
    device.certified = certifyDevice(crypto, { account: owner.id, genesis: owner.genesis, rotations: owner.rotations, device: { signingSeed: device.seed, agreementKey: device.seed }, bySeed: next, hlc: hlcAt(start) });
  }

  /** What whoever holds this device has of the account's identity key; null: nothing. */
  identityOf(device: Device): IdentityKey | null {
    if (this.thieves.has(device)) return null;
    return this.finders.get(device) ?? { seed: device.owner.identitySeed, rotations: device.owner.rotations };
  }

  /** Newest of these that none of the others has in its past. */
  newest(ids: readonly EventId[]): EventId[] {
    const distinct = [...new Set(ids)];
    return distinct.filter((id) => !distinct.some((other) => other !== id && this.log.inPast([other], id))).sort();
  }

  tell(device: Device, heads: readonly EventId[]): void {
    device.knows = this.newest([...device.knows, ...heads]);
  }

  /** At most four heads that cover the device's own feed. */
  cite(device: Device): EventId[] {
    while (device.knows.length > 4) {
      const four = this.newest([...device.knows.slice(0, 3), ...this.#ownTip(device, device.knows)]).slice(0, 4);
      const merge = this.write(device, "merge", { account: device.owner.id }, { heads: four });
      device.knows = this.newest([...device.knows, merge]);
    }
    return device.knows;
  }

  #ownTip(device: Device, heads: readonly EventId[]): EventId[] {
    const own = this.log.events().findLast(({ id, header }) => header.device === device.id && this.log.inPast(heads, id));
    return own === undefined ? [] : [this.#headOver(heads, own.id)];
  }

  #headOver(heads: readonly EventId[], id: EventId): EventId {
    return heads.find((head) => this.log.inPast([head], id))!;
  }

  write<K extends ControlKind>(device: Device, kind: K, payload: ControlPayload<K>, options: WriteOptions = {}): EventId {
    const heads = [...(options.heads ?? this.cite(device))].sort();
    const event = this.make(device, kind, payload, heads, options);
    this.#put(event, device);
    if (kind === "grant") this.#granted((payload as ControlPayload<"grant">).account, event.id);
    if (kind === "admit") this.#granted((this.log.get((payload as ControlPayload<"admit">).join)!.control!.payload as ControlPayload<"join">).account, event.id);
    return event.id;
  }

  #granted(account: AccountId, id: EventId): void {
    this.grants.set(account, [...(this.grants.get(account) ?? []), id]);
  }

  /** Where its feed goes on for an event on top of these heads. */
  next(device: Device, heads: readonly EventId[]): { seq: number; prev: EventId } {
    const before = this.log.events().findLast(({ id, header }) => header.device === device.id && this.log.inPast(heads, id));
    return { seq: (before?.header.seq ?? 0) + 1, prev: before?.id ?? nothing };
  }

  make<K extends ControlKind>(device: Device, kind: K, payload: ControlPayload<K>, heads: readonly EventId[], options: WriteOptions): Event {
    const hlc = this.#after(heads, options.ahead ?? 1_000);
    const place = { space: this.space, channel: this.space, device: device.id, ...this.next(device, heads), ctl: [...heads], auth: options.auth ?? nothing, hlc, kind };
    const root: RootStatement | null = options.root === undefined ? null : this.#statement(kind, payload, place, options.root);
    return this.#sign(place, kind, payload, root);
  }

  #statement<K extends ControlKind>(kind: K, payload: ControlPayload<K>, place: { ctl: EventId[]; device: DeviceId; seq: number }, { generation, seeds }: NonNullable<WriteOptions["root"]>): RootStatement {
    const message = rootMessageOf(this.space, generation, kind, payload, place);
    return { generation, signatures: seeds.map((seed): [Uint8Array, Uint8Array] => [crypto.publicKey(seed), crypto.sign(seed, message)]).sort(([a], [b]) => Buffer.compare(a, b)) };
  }

  #after(heads: readonly EventId[], ahead: number): Hlc {
    let latest = hlcAt(start);
    for (const id of heads) {
      const { hlc } = this.log.get(id)!.header;
      if (hlc > latest) latest = hlc;
    }
    return latest + hlcAt(ahead);
  }

  #sign<K extends ControlKind>(place: Omit<Header, "deps" | "expires" | "payloadLength" | "payloadHash" | "ext">, kind: K, payload: ControlPayload<K>, root: RootStatement | null = null): Event {
    const bytes = encodeControlPayload(kind, payload, root);
    const header: Header = { ...place, deps: [], expires: 0, payloadLength: bytes.length, payloadHash: crypto.sha256(labels.payload, bytes), ext: new Map() };
    const encoded = encodeHeader(header);
    const event: Event = { id: eventId(crypto, encoded), header, wire: { header: encoded, signature: new Uint8Array(64), salt: new Uint8Array(16), payload: bytes } };
    decoded.set(event, { kind, payload, root } as unknown as AnyControl);
    return event;
  }

  #put(event: Event, device: Device): void {
    // An attacker may well write the same twice.
    if (!this.log.add(event).added) return;
    this.events.push(event);
    if (event.header.kind === "channel.create") this.channels.push(event.id as string as ChannelId);
    this.tell(device, [event.id]);
  }

  message(device: Device, channel: ChannelId, auth: EventId, heads: readonly EventId[] = this.cite(device)): Message {
    const seq = this.messages.filter(({ header }) => header.device === device.id && header.channel === channel).length + 1;
    const header: Header = {
      space: this.space, channel, device: device.id, seq, prev: nothing, deps: [], ctl: [...heads].sort(), auth,
      hlc: this.#after(heads, 1 + this.#count++), kind: "message", expires: 0, payloadLength: 0, payloadHash: new Uint8Array(32), ext: new Map(),
    };
    const message = { header, id: `m${this.#count}` as EventId };
    this.messages.push(message);
    return message;
  }

  at(id: EventId): ControlEvent {
    return this.log.get(id)!;
  }
}

export function keysOf({ seeds }: RootKeys): Uint8Array[] {
  return seeds.map(crypto.publicKey).sort(Buffer.compare);
}

function rootMessageOf<K extends ControlKind>(space: SpaceId, generation: number, kind: K, payload: ControlPayload<K>, place: { ctl: EventId[]; device: DeviceId; seq: number }): Uint8Array {
  return rootMessage(crypto, space as unknown as EventId, generation, { kind, payload } as unknown as AnyControl, place);
}

