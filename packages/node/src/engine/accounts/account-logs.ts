/**
 * Account logs as this node knows them (spec/02-accounts.md, Standing): its own account's, which also stands in the vault, and
 * those of others, which come as records from their devices.
 */
import {
  type AccountLog,
  accountId,
  createAccountLog,
  signEntry,
  signRecord,
} from "@multichat/core";
import type { Crypto, Store, StoredRecord } from "@multichat/core/ports";
import {
  type AccountEntry,
  type AccountId,
  decodeAccountEntry,
  decodeCertificate,
  decodeRecord,
  decodeSignedEntry,
  hlcAt,
  idToBytes,
  nextHlc,
  toHex,
} from "@multichat/protocol";
import type { AccountKeys, DeviceKeys } from "../vault.ts";

const recordType = "account-entry";

export interface AccountLogs {
  readonly own: AccountLog;
  /** Null while nothing of it has come. */
  of(account: AccountId): AccountLog | null;
  /** Signs an entry under all that is known, and publishes it. */
  write(body: AccountEntry["body"], seeds: readonly Uint8Array[], keptWithIt?: Partial<AccountKeys>): void;
  /** Entries from elsewhere, as linking and recovery bring them. */
  take(signedEntries: readonly Uint8Array[]): void;
  /** A record arrived. */
  learned(record: StoredRecord): void;
  /** Publishes the entries that no device in good standing has published. */
  publish(): void;
}

export function createAccountLogs(deps: {
  store: Store;
  crypto: Crypto;
  device: DeviceKeys;
  account: Pick<AccountKeys, "id" | "genesis" | "log">;
  now(): number;
  /** Own entries, all of them: they outlive the database. At once or not at all. */
  keep(change: Partial<AccountKeys>): void;
  /** Shown to everyone who shares a space with this account. */
  spread(records: StoredRecord[]): void;
  /** What an account's log says may be something else now. */
  changed(account: AccountId): void;
}): AccountLogs {
  const { store, crypto, device, account } = deps;
  const own = createAccountLog(crypto, account.id, account.genesis);
  const others = new Map<AccountId, AccountLog>();
  for (const entry of account.log) own.add(entry);
  for (const record of store.records(account.id, recordType)) own.add(valueOf(record));

  function keepOwn(withIt: Partial<AccountKeys> = {}): void {
    deps.keep({ ...withIt, log: own.entries().map(({ bytes }) => bytes) });
    publish();
    deps.changed(account.id);
  }

  function publish(): void {
    const published = new Set<string>();
    const records = store.records(account.id, recordType);
    for (const record of records)
      if (record.device === device.id || own.isGood(record.device))
        published.add(toHex(record.key));
    if (!own.isGood(device.id)) return;
    const fresh = own
      .entries()
      .filter(({ id }) => !published.has(id))
      .map(({ id, bytes }) =>
        signRecord(crypto, device.signingSeed, {
          scope: account.id,
          account: account.id,
          device: device.id,
          type: recordType,
          key: idToBytes(id),
          hlc: hlcAt(deps.now()),
          value: bytes,
        }),
      );
    if (fresh.length === 0) return;
    store.transaction(() => fresh.forEach((record) => store.putRecord(record)));
    deps.spread(fresh);
  }

  function open(id: AccountId): AccountLog | null {
    const entries = store.records(id, recordType).map(valueOf);
    const genesis = entries
      .map((entry) => genesisIn(crypto, id, entry))
      .find((found) => found !== null);
    if (genesis === undefined) return null;
    const log = createAccountLog(crypto, id, genesis);
    for (const entry of entries) log.add(entry);
    return log;
  }

  return {
    own,
    of(id) {
      if (id === account.id) return own;
      const known = others.get(id) ?? open(id);
      if (known !== null) others.set(id, known);
      return known;
    },
    write(body, seeds, keptWithIt) {
      const hlc = nextHlc(
        deps.now(),
        own.entries().map(({ entry }) => entry.hlc),
      );
      own.add(signEntry(crypto, { account: account.id, parents: own.heads(), hlc, body }, seeds));
      keepOwn(keptWithIt);
    },
    take(entries) {
      const taken = entries.filter((entry) => own.add(entry));
      if (taken.length > 0) keepOwn();
    },
    learned(record) {
      if (record.type !== recordType) return;
      if (record.account === account.id) {
        if (own.add(valueOf(record))) keepOwn();
      } else if (others.get(record.account)?.add(valueOf(record)) ?? true)
        deps.changed(record.account);
    },
    publish,
  };
}

/** The entry that a record carries; of a record that is not whole, nothing that a log would take. */
function valueOf(record: StoredRecord): Uint8Array {
  const body = decodeRecord(record.bytes);
  return body.ok ? body.value.value : new Uint8Array(0);
}

/** Every certificate carries its account's genesis. */
export function genesisIn(
  crypto: Crypto,
  account: AccountId,
  signedEntry: Uint8Array,
): Uint8Array | null {
  const signed = decodeSignedEntry(signedEntry);
  const entry = signed.ok ? decodeAccountEntry(signed.value.entry) : signed;
  if (!entry.ok || entry.value.body.type !== "device.add") return null;
  const certificate = decodeCertificate(entry.value.body.certificate);
  if (!certificate.ok) return null;
  const { genesis } = certificate.value;
  return accountId(crypto, genesis) === account ? genesis : null;
}
