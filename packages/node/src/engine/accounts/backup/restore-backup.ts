/** Everything from a backup, on a new device (spec/09-devices.md, Backup): through the same checks as if members had sent it. */
import { accountId, createReplica, openEvent, openRecord } from "@multichat/core";
import type { Crypto, Random, Store } from "@multichat/core/ports";
import { type BackupItem, type SharedSpace, decodeBackupItem, toHex } from "@multichat/protocol";
import { Failure } from "../../failure.ts";
import { seedOfWords } from "../recovery.ts";
import { enrol, ownLog } from "../renewal.ts";
import type { AccountKeys, DeviceKeys } from "../../vault.ts";
import { BackupError, type BackupSource } from "./backup-files.ts";

export interface Restored {
  account: AccountKeys;
  spaces: SharedSpace[];
  /** Events and records taken. */
  items: number;
}

type Account = Extract<BackupItem, { type: "account" }>;

/** Fills an empty store. When it rejects, nothing is left in it; what a process that ended meanwhile left is for the next start. */
export async function restoreBackup(
  deps: {
    store: Store;
    crypto: Crypto;
    random: Random;
    device: DeviceKeys;
    words: readonly string[] | undefined;
    now(): number;
    /** Whose it is, as soon as that is known. */
    found(account: { id: string; name: string }): void;
  },
  source: BackupSource,
  progress: (items: number) => void,
): Promise<Restored> {
  const { store, crypto, device } = deps;
  const spaces: SharedSpace[] = [];
  let account: AccountKeys | null = null;
  let replica: ReturnType<typeof createReplica> | null = null;
  let read = 0;
  let items = 0;

  function take(item: BackupItem): boolean {
    if (item.type === "account") {
      if (account !== null) throw unfit("It begins twice.");
      account = enrolled(deps, item);
      deps.found({ id: account.id, name: account.name });
      return false;
    }
    if (account === null) throw unfit("It does not begin with an account.");
    switch (item.type) {
      case "space": {
        const { id, secret } = item.space;
        spaces.push(item.space);
        store.transaction(() => store.putSpace({ id, secret, state: "joining", joinedAt: deps.now() }));
        replica = createReplica({ store, crypto, self: { device: device.id, account: account.id } }, id, deps.now());
        return false;
      }
      case "events": {
        if (replica === null) throw unfit("Events of no workspace stand in it.");
        const events = item.events.map((wire) => openEvent(crypto, wire)).flatMap((opened) => (opened.ok ? [opened.value] : []));
        items += replica.receive(events, deps.now(), "peer").accepted.length;
        return false;
      }
      case "records":
        store.transaction(() => {
          for (const signed of item.records) {
            const record = openRecord(crypto, signed);
            if (record.ok && store.putRecord(record.value)) items++;
          }
        });
        return false;
      case "end":
        if (item.items !== read) throw unfit("Something is missing in it.");
        return true;
    }
  }

  try {
    for (let ended = false; !ended; read++) {
      const bytes = await source.next();
      if (bytes === null) throw unfit("Its end is missing.");
      const item = decodeBackupItem(bytes);
      if (!item.ok) throw unfit(`${item.error}.`);
      ended = take(item.value);
      progress(items);
    }
    if ((await source.next()) !== null) throw unfit("It goes on after its end.");
    return { account: account!, spaces, items };
  } catch (error) {
    dropSpaces(store);
    throw error;
  }
}

/** What a restore took that was not finished: without its account it belongs to nobody. */
export function dropSpaces(store: Store): void {
  store.transaction(() => {
    for (const { id } of store.spaces()) store.dropSpace(id);
  });
}

/** This device as one of that account, vouched for by the words, else by the device that made the backup. */
function enrolled({ crypto, device, words, now }: Parameters<typeof restoreBackup>[0], item: Account): AccountKeys {
  const none = new Uint8Array(0);
  const id = accountId(crypto, item.genesis);
  const { name, genesis, log, nextSeed } = item;
  const bare: AccountKeys = { id, name, genesis, identitySeed: null, nextSeed, certificate: none, acceptance: none, log };
  const state = ownLog(crypto, bare).state();
  const given = words === undefined ? item.identitySeed : seedOfWords(words);
  if (given !== null && toHex(crypto.publicKey(given)) === state.identityKey) {
    return { ...enrol(crypto, bare, device, given, now()), identitySeed: item.identitySeed };
  }
  if (words !== undefined) throw new Failure("phrase-mismatch", `These words are not the recovery phrase of ${name}.`);
  if (!ownLog(crypto, bare).isGood(item.device)) {
    throw new Failure("device-revoked", "The device that made this backup was revoked before. Restore it with your 24 words.");
  }
  return enrol(crypto, bare, device, item.deviceSeed, now());
}

function unfit(why: string): BackupError {
  return new BackupError("file-damaged", `This backup is damaged. ${why}`);
}
