/** Who vouches for whom, by the records of the spaces this account is in (spec/10-trust.md, Vouches). */
import { signRecord } from "@multichat/core";
import type { Crypto, Store, StoredRecord } from "@multichat/core/ports";
import { type AccountId, type SpaceId, type VouchValue, decodeVouch, encodeVouch, hlcTime, idToBytes, nextHlc, toHex } from "@multichat/protocol";
import { newest, valueOf } from "./people.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import type { DeviceKeys } from "../vault.ts";

export interface KnownVouch {
  by: AccountId;
  space: SpaceId;
  claim: string;
  /** Ms; 0 = no end. */
  until: number;
  at: number;
}

export interface Vouches {
  /** Those that count now, newest first. */
  of(subject: AccountId): KnownVouch[];
  /** Somebody vouched, or took it back. */
  learned(): void;
  /** Null takes it back; answers null where that changes nothing. */
  sign(space: Space, subject: AccountId, vouch: VouchValue | null): StoredRecord | null;
}

export function createVouches(deps: {
  store: Store;
  crypto: Crypto;
  spaces: Spaces;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
}): Vouches {
  const { store, crypto, spaces, device, account } = deps;
  let index: Map<AccountId, StoredRecord[]> | null = null;

  function bySubject(): Map<AccountId, StoredRecord[]> {
    if (index !== null) return index;
    index = new Map();
    for (const space of spaces.shared()) {
      for (const record of store.records(space.id, "vouch")) {
        const subject = toHex(record.key) as AccountId;
        index.set(subject, [...(index.get(subject) ?? []), record]);
      }
    }
    return index;
  }

  /** The last word of each author in each space, as far as they still belong there. */
  function counting(subject: AccountId): StoredRecord[] {
    const groups = new Map<string, StoredRecord[]>();
    for (const record of bySubject().get(subject) ?? []) {
      const state = spaces.get(record.scope as SpaceId)?.replica.state();
      if (record.account === subject || state?.devices.get(record.device) !== record.account) continue;
      const group = `${record.scope}/${record.account}`;
      groups.set(group, [...(groups.get(group) ?? []), record]);
    }
    return [...groups.values()].map((records) => newest(records)!);
  }

  return {
    of(subject) {
      const now = deps.now();
      return counting(subject)
        .flatMap((record): KnownVouch[] => {
          const vouch = valueOf(record, decodeVouch);
          if (vouch === null || (vouch.until !== 0 && vouch.until <= now)) return [];
          return [{ by: record.account, space: record.scope as SpaceId, ...vouch, at: hlcTime(record.hlc) }];
        })
        .sort((a, b) => b.at - a.at || (a.by < b.by ? -1 : 1));
    },
    learned() {
      index = null;
    },
    sign(space, subject, vouch) {
      const own = store.records(space.id, "vouch").filter((record) => record.account === account && toHex(record.key) === subject);
      const previous = newest(own);
      if (vouch === null && valueOf(previous, decodeVouch) === null) return null;
      index = null;
      return signRecord(crypto, device.signingSeed, {
        scope: space.id, account, device: device.id, type: "vouch", key: idToBytes(subject),
        hlc: nextHlc(deps.now(), previous === undefined ? [] : [previous.hlc]), value: encodeVouch(vouch),
      });
    },
  };
}
