/** Who accounts are, by the records that counted last (spec/07-records-and-invites.md): profiles, images, addresses. */
import { shownName, signRecord } from "@multichat/core";
import type { Crypto, Store, StoredRecord } from "@multichat/core/ports";
import type { Person } from "@multichat/client/contract";
import {
  type AccountId,
  type Avatar,
  type DeviceId,
  type Profile,
  compareBytes,
  decodeAddresses,
  decodeAvatar,
  decodeProfile,
  decodeRecord,
  encodeAddresses,
  encodeAvatar,
  encodeProfile,
  limits,
  nextHlc,
  toHex,
} from "@multichat/protocol";
import type { DeviceKeys } from "../vault.ts";

/** By what an account is shown, and the parts of it (spec/10-trust.md, Names). */
export interface Names {
  shown: string;
  petname: string | null;
  /** Null until a profile has arrived, or if nothing of the name can be seen. */
  chosen: string | null;
}

export interface People {
  nameOf(account: AccountId): Names;
  person(account: AccountId): Person;
  /** Whether there is any name to go by. */
  isKnown(account: AccountId): boolean;
  profile(account: AccountId): Profile | null;
  avatar(account: AccountId): Avatar | null;
  /** Another text for another image. */
  avatarKey(account: AccountId): string | null;
  /** Addresses a device has announced. */
  addresses(account: AccountId, device: DeviceId): string[];
  /** A record about an account changed. */
  learned(record: StoredRecord): void;
  /** A name to be known by until a profile of this account is here; gives way to any other, on whichever device it was written. */
  introduceSelf(name: string): void;
  /** Signs this account's profile or image; null if it says this already. */
  setProfile(profile: Profile): StoredRecord | null;
  setAvatar(image: Uint8Array | null): StoredRecord | null;
  signAddresses(addresses: readonly string[]): StoredRecord | null;
}

/** Older than any that somebody chose. */
const placeholderStamp = 1n;

export function createPeople(deps: {
  store: Store;
  crypto: Crypto;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
  petname(account: AccountId): string | null;
  /** By which name somebody introduced an account. */
  introduced(account: AccountId): string | null;
  /** What this account calls itself now. */
  renamed(name: string): void;
}): People {
  const { store, crypto, device, account } = deps;
  const profiles = new Map<AccountId, { profile: Profile | null; chosen: string | null }>();
  const avatarKeys = new Map<AccountId, string | null>();

  function known(id: AccountId): { profile: Profile | null; chosen: string | null } {
    const held = profiles.get(id);
    if (held !== undefined) return held;
    const profile = valueOf(newest(store.records(id, "profile")), decodeProfile);
    const found = { profile, chosen: profile === null ? null : shownName(profile.name) };
    profiles.set(id, found);
    return found;
  }

  function nameOf(id: AccountId): Names {
    const petname = deps.petname(id);
    const { chosen } = known(id);
    // Two people whose names are not known stay distinguishable.
    return { shown: petname ?? chosen ?? deps.introduced(id) ?? `Member ${id.slice(0, 6)}`, petname, chosen };
  }

  function sign(type: "profile" | "avatar" | "addresses", value: Uint8Array, stamp?: bigint): StoredRecord | null {
    const previous = newest(store.records(account, type).filter((record) => type !== "addresses" || record.device === device.id));
    if (previous !== undefined) {
      const body = decodeRecord(previous.bytes);
      if (body.ok && compareBytes(body.value.value, value) === 0) return null;
    }
    const hlc = stamp ?? nextHlc(deps.now(), previous === undefined ? [] : [previous.hlc]);
    const record = signRecord(crypto, device.signingSeed, {
      scope: account, account, device: device.id, type, key: new Uint8Array(0), hlc, value,
    });
    store.transaction(() => store.putRecord(record));
    forget(account);
    if (type === "profile") tellName();
    return record;
  }

  function tellName(): void {
    const { profile } = known(account);
    if (profile !== null) deps.renamed(profile.name);
  }

  function forget(id: AccountId): void {
    profiles.delete(id);
    avatarKeys.delete(id);
  }

  return {
    nameOf,
    person: (id) => ({ id, name: nameOf(id).shown }),
    isKnown: (id) => (deps.petname(id) ?? known(id).chosen ?? deps.introduced(id)) !== null,
    profile: (id) => known(id).profile,
    avatar: (id) => valueOf(newest(store.records(id, "avatar")), decodeAvatar),
    avatarKey(id) {
      const held = avatarKeys.get(id);
      if (held !== undefined) return held;
      const image = this.avatar(id);
      const key = image === null ? null : toHex(crypto.sha256(image.bytes)).slice(0, 32);
      avatarKeys.set(id, key);
      return key;
    },
    addresses: (of, wanted) => valueOf(store.records(of, "addresses").find((one) => one.device === wanted), decodeAddresses) ?? [],
    learned(record) {
      forget(record.account);
      if (record.account === account && record.type === "profile") tellName();
    },
    introduceSelf(name) {
      if (store.records(account, "profile").length === 0) sign("profile", encodeProfile({ name, about: null, pronouns: null }), placeholderStamp);
    },
    setProfile: (profile) => sign("profile", encodeProfile(profile)),
    setAvatar: (image) => sign("avatar", encodeAvatar(image)),
    signAddresses: (addresses) => sign("addresses", encodeAddresses(addresses.slice(0, limits.addresses))),
  };
}

/** Each device of an account may have written one; the last word counts. */
export function newest(records: readonly StoredRecord[]): StoredRecord | undefined {
  let found: StoredRecord | undefined;
  for (const record of records) {
    const later = found === undefined || record.hlc > found.hlc || (record.hlc === found.hlc && compareBytes(record.bytes, found.bytes) > 0);
    if (later) found = record;
  }
  return found;
}

/** What a record says; null if there is none, or it says nothing that can be read. */
export function valueOf<T>(record: StoredRecord | undefined, decode: (value: Uint8Array) => { ok: true; value: T } | { ok: false }): T | null {
  const body = record === undefined ? null : decodeRecord(record.bytes);
  const value = body?.ok ? decode(body.value.value) : null;
  return value?.ok ? value.value : null;
}
