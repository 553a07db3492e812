/** Who accounts are, by the profile records that counted last (spec/07-records-and-invites.md). */
import { signRecord } from "@multichat/core";
import type { Crypto, Store, StoredRecord } from "@multichat/core/ports";
import type { Person } from "@multichat/client/contract";
import { type AccountId, compareBytes, decodeAddresses, decodeProfile, decodeRecord, encodeAddresses, encodeProfile, limits, nextHlc, type DeviceId } from "@multichat/protocol";
import type { DeviceKeys } from "./vault.ts";

export interface People {
  person(account: AccountId): Person;
  /** Addresses a device has announced. */
  addresses(account: AccountId, device: DeviceId): string[];
  /** A record about an account changed. */
  learned(record: StoredRecord): void;
  /** Signs this account's profile; null if it says this already. */
  signProfile(name: string): StoredRecord | null;
  signAddresses(addresses: readonly string[]): StoredRecord | null;
}

export function createPeople(deps: {
  store: Store;
  crypto: Crypto;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
}): People {
  const { store, crypto, device, account } = deps;
  const names = new Map<AccountId, string>();

  function nameOf(id: AccountId): string {
    const known = names.get(id);
    if (known !== undefined) return known;
    // Until the profile has arrived; two such people stay distinguishable.
    const name = profileName(newest(store.records(id, "profile"))) ?? `Member ${id.slice(0, 6)}`;
    names.set(id, name);
    return name;
  }

  function sign(type: "profile" | "addresses", value: Uint8Array): StoredRecord | null {
    const previous = newest(store.records(account, type).filter((record) => type === "profile" || record.device === device.id));
    if (previous !== undefined) {
      const body = decodeRecord(previous.bytes);
      if (body.ok && sameValue(body.value.value, value)) return null;
    }
    const hlc = nextHlc(deps.now(), previous === undefined ? [] : [previous.hlc]);
    const record = signRecord(crypto, device.signingSeed, {
      scope: account, account, device: device.id, type, key: new Uint8Array(0), hlc, value,
    });
    store.transaction(() => store.putRecord(record));
    names.delete(account);
    return record;
  }

  return {
    person: (id) => ({ id, name: nameOf(id) }),
    addresses(of, wanted) {
      const record = store.records(of, "addresses").find((one) => one.device === wanted);
      const body = record === undefined ? null : decodeRecord(record.bytes);
      const value = body?.ok ? decodeAddresses(body.value.value) : null;
      return value?.ok ? value.value : [];
    },
    learned(record) {
      if (record.type === "profile") names.delete(record.account);
    },
    signProfile: (name) => sign("profile", encodeProfile({ name })),
    signAddresses: (addresses) => sign("addresses", encodeAddresses(addresses.slice(0, limits.addresses))),
  };
}

/** Each device of an account may have written one; the last word counts. */
function newest(records: readonly StoredRecord[]): StoredRecord | undefined {
  let found: StoredRecord | undefined;
  for (const record of records) {
    const later = found === undefined || record.hlc > found.hlc || (record.hlc === found.hlc && compareBytes(record.bytes, found.bytes) > 0);
    if (later) found = record;
  }
  return found;
}

function profileName(record: StoredRecord | undefined): string | null {
  const body = record === undefined ? null : decodeRecord(record.bytes);
  const profile = body?.ok ? decodeProfile(body.value.value) : null;
  return profile?.ok ? profile.value.name : null;
}

function sameValue(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
