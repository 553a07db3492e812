/**
 * What one person keeps for themselves on all their devices (spec/09-devices.md, Own data): a map from key to text in which
 * the last writer of a key wins. Nobody else ever gets it. For read positions, drafts, petnames, blocks and settings.
 * With only one device it stays in this device's settings; with the second it moves into records of the self space.
 */
import { signRecord } from "@multichat/core";
import type { Clock, Crypto, Store, StoredRecord } from "@multichat/core/ports";
import {
  type AccountId,
  type Hlc,
  type SpaceId,
  compareBytes,
  concat,
  decodeOwnValue,
  decodeRecord,
  encodeOwnValue,
  labels,
  limits,
  nextHlc,
  ownKeyForm,
} from "@multichat/protocol";
import { Failure } from "../failure.ts";
import type { Space } from "../joining/spaces.ts";
import type { DeviceKeys } from "../vault.ts";

export interface OwnData {
  /** Null when there is none. */
  get(key: string): string | null;
  /** Null takes the key away. Answers whether it said something else before. @throws Failure, StoreError */
  set(key: string, value: string | null): boolean;
  /** All keys that begin so, ascending. */
  entries(prefix: string): { key: string; value: string }[];
  /** Told of every change, whichever own device made it. The returned function ends it. */
  onChange(listener: OwnListener): () => void;
}

export type OwnListener = (key: string, value: string | null) => void;

/** The side that faces the self space. */
export interface OwnDataKeeper extends OwnData {
  /** A record of a self space arrived. */
  learned(record: StoredRecord): void;
  /** A self space was made or entered, or who belongs to it changed. */
  moved(): void;
  stop(): void;
}

interface Held {
  value: string | null;
  hlc: Hlc;
  /** The record that says so; null while it is only here. */
  record: StoredRecord | null;
}

/** After this long, times its place among the own devices, a device saves what one that is gone had written. */
const adoptMs = 10_000;
const encoder = new TextEncoder();

export function createOwnData(deps: {
  store: Store;
  crypto: Crypto;
  clock: Clock;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
  /** Self spaces this device belongs to, by id. */
  homes(): Space[];
  spread(space: SpaceId, records: StoredRecord[]): void;
}): OwnDataKeeper {
  const { store, crypto, clock, device, account } = deps;
  const listeners = new Set<OwnListener>();
  const held = new Map<string, Held>();
  const local = "own/";
  let cancelAdopt: (() => void) | null = null;

  for (const { key, value } of store.settings(local)) {
    const [hlc, text] = JSON.parse(value) as [string, string | null];
    held.set(key.slice(local.length), { value: text, hlc: BigInt(hlc), record: null });
  }
  for (const space of deps.homes())
    for (const record of store.records(space.id, "own")) learn(record);

  /** Whether it counts, and says something else than what counted before. */
  function learn(record: StoredRecord): string | null {
    const body = decodeRecord(record.bytes);
    const own = body.ok ? decodeOwnValue(body.value.value) : body;
    if (
      !own.ok ||
      compareBytes(crypto.sha256(labels.ownKey, encoder.encode(own.value.key)), record.key) !== 0
    )
      return null;
    const { key, value } = own.value;
    const known = held.get(key);
    if (known !== undefined && !isNewer(record, known)) return null;
    held.set(key, { value, hlc: record.hlc, record });
    if (known?.record === null) store.transaction(() => store.putSetting(local + key, null));
    return known?.value === value || (known === undefined && value === null) ? null : key;
  }

  function isNewer(record: StoredRecord, known: Held): boolean {
    if (record.hlc !== known.hlc) return record.hlc > known.hlc;
    return known.record === null || compareBytes(record.bytes, known.record.bytes) > 0;
  }

  function tell(key: string): void {
    for (const listener of listeners) listener(key, held.get(key)?.value ?? null);
  }

  function write(space: Space, key: string, value: string | null, hlc: Hlc): StoredRecord {
    const record = signRecord(crypto, device.signingSeed, {
      scope: space.id,
      account,
      device: device.id,
      type: "own",
      key: crypto.sha256(concat(labels.ownKey, encoder.encode(key))),
      hlc,
      value: encodeOwnValue({ key, value }),
    });
    store.putRecord(record);
    store.putSetting(local + key, null);
    held.set(key, { value, hlc, record });
    return record;
  }

  function publish(space: Space, records: StoredRecord[]): void {
    if (records.length === 0) return;
    space.replica.touch();
    deps.spread(space.id, records);
  }

  /** What no device that belongs vouches for any more would be lost to those that come later. */
  function adopt(): void {
    cancelAdopt = null;
    const [home] = deps.homes();
    if (home === undefined) return;
    const state = home.replica.state();
    const stray = [...held].filter(
      ([, { record }]) => record === null || state?.devices.get(record.device) !== account,
    );
    publish(
      home,
      store.transaction(() => stray.map(([key, { value, hlc }]) => write(home, key, value, hlc))),
    );
  }

  return {
    get: (key) => held.get(key)?.value ?? null,
    set(key, value) {
      if (!ownKeyForm.test(key)) throw new Failure("bad-request", "That is no key of own data.");
      if (value !== null && value.length > limits.ownValue)
        throw new Failure(
          "too-large",
          `At most ${limits.ownValue} characters can be kept under one key.`,
        );
      const known = held.get(key);
      if ((known?.value ?? null) === value) return false;
      const hlc = nextHlc(deps.now(), known === undefined ? [] : [known.hlc]);
      const [home] = deps.homes();
      if (home === undefined) {
        store.transaction(() =>
          store.putSetting(local + key, JSON.stringify([hlc.toString(), value])),
        );
        held.set(key, { value, hlc, record: null });
      } else publish(home, [store.transaction(() => write(home, key, value, hlc))]);
      tell(key);
      return true;
    },
    entries: (prefix) =>
      [...held]
        .flatMap(([key, { value }]) =>
          value !== null && key.startsWith(prefix) ? [{ key, value }] : [],
        )
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    learned(record) {
      const key = learn(record);
      if (key !== null) tell(key);
    },
    moved() {
      for (const space of deps.homes()) {
        for (const record of store.records(space.id, "own")) this.learned(record);
      }
      const [home] = deps.homes();
      if (home === undefined) return;
      // What was kept here alone goes at once, what others wrote in turns: one is enough.
      const alone = [...held].filter(([, { record }]) => record === null);
      publish(
        home,
        store.transaction(() => alone.map(([key, { value, hlc }]) => write(home, key, value, hlc))),
      );
      const place = [...(home.replica.state()?.devices.keys() ?? [])].sort().indexOf(device.id);
      cancelAdopt ??= clock.after(Math.max(0, place) * adoptMs, adopt);
    },
    stop: () => cancelAdopt?.(),
  };
}
