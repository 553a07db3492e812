/** What people say of themselves: the newest `status` record of each account (spec/13-presence.md, Status). */
import { signRecord } from "@multichat/core";
import type { Crypto, Store, StoredRecord } from "@multichat/core/ports";
import { type AccountId, type StatusValue, compareBytes, decodeStatus, encodeStatus, nextHlc } from "@multichat/protocol";
import { newest, valueOf } from "../trust/people.ts";
import type { DeviceKeys } from "../vault.ts";

export interface Statuses {
  of(account: AccountId): StatusValue | null;
  /** A record came. */
  learned(record: StoredRecord): void;
  /** Signs this account's; null if it says so already. */
  sign(status: StatusValue | null): StoredRecord | null;
}

export function createStatuses(deps: { store: Store; crypto: Crypto; device: DeviceKeys; account: AccountId; now(): number }): Statuses {
  const { store, account, device } = deps;
  const known = new Map<AccountId, StatusValue | null>();

  function of(id: AccountId): StatusValue | null {
    const held = known.get(id);
    if (held !== undefined) return held;
    const status = valueOf(newest(store.records(id, "status")), decodeStatus);
    known.set(id, status);
    return status;
  }

  return {
    of,
    learned: (record) => void known.delete(record.account),
    sign(status) {
      const previous = newest(store.records(account, "status"));
      if (previous === undefined && status === null) return null;
      const value = encodeStatus(status);
      if (previous !== undefined && compareBytes(encodeStatus(of(account)), value) === 0) return null;
      known.delete(account);
      const hlc = nextHlc(deps.now(), previous === undefined ? [] : [previous.hlc]);
      return signRecord(deps.crypto, device.signingSeed, { scope: account, account, device: device.id, type: "status", key: new Uint8Array(0), hlc, value });
    },
  };
}
