/**
 * The devices of this account (spec/02-accounts.md, spec/09-devices.md): naming, revoking, and what follows from a revocation
 * whichever own device made it.
 */
import { lastSeq, unbindStatement } from "@multichat/core";
import type { Crypto, Store } from "@multichat/core/ports";
import type { Device, RevokeReason } from "@multichat/client/contract";
import { type AccountId, type DeviceId, type EventId, limits, toHex } from "@multichat/protocol";
import type { AccountLogs } from "./account-logs.ts";
import { type Author, draft } from "../conversation/author.ts";
import { Failure } from "../failure.ts";
import { createOwnBindings } from "./own-bindings.ts";
import type { OwnData } from "./own-data.ts";
import { seedOfWords } from "./recovery.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import type { DeviceKeys } from "../vault.ts";

const signedOutKey = "signed-out";

export interface Devices {
  list(): Device[];
  name(device: string, name: string): Device;
  /** With the phrase's words it reaches further (spec/04-control.md, rule 7). */
  revoke(device: string, reason: RevokeReason, words: readonly string[] | undefined): Device;
  /** Ends a device of this account in one space, where its feeds are cut at what is held here. */
  unbind(space: Space, gone: DeviceId): void;
  /** The log or the spaces changed: does what a revocation asks for. */
  settle(): void;
  /** Why this device takes part in nothing any more, or null. */
  signedOut(): string | null;
}

export function createDevices(deps: {
  store: Store;
  crypto: Crypto;
  device: DeviceKeys;
  account: AccountId;
  /** Null once the person has confirmed the phrase. */
  phraseSeed(): Uint8Array | null;
  logs: AccountLogs;
  own: OwnData;
  spaces: Spaces;
  author: Author;
  stopped(): string | null;
  wrote(space: Space, received: ReturnType<Author["write"]>["received"]): void;
  guarded(work: () => void): void;
  peerId(device: DeviceId): string;
  connected(device: DeviceId): boolean;
  lastSeen(device: DeviceId): number | null;
  now(): number;
  changed(): void;
  /** This device was revoked. */
  ended(): void;
}): Devices {
  const { store, device, account, logs, own, spaces, author } = deps;
  const bindings = createOwnBindings({ ...deps, device: device.id });
  /** While a revocation with the phrase's words is carried out. */
  let givenSeed: Uint8Array | null = null;

  function nameOf(id: DeviceId): string {
    return own.get(`device/${id}`) ?? `Device ${deps.peerId(id).slice(-6)}`;
  }

  function list(): Device[] {
    return [...logs.own.state().devices.values()]
      .filter(({ standing }) => standing !== "not-admitted")
      .map((known): Device => {
        const { revoked } = known;
        return {
          id: known.device,
          peer: deps.peerId(known.device),
          name: nameOf(known.device),
          this: known.device === device.id,
          standing: known.standing === "good" ? "good" : "revoked",
          addedAt: known.addedAt,
          addedBy: known.addedBy,
          revoked:
            revoked === null ? null : { at: revoked.at, by: revoked.by, reason: revoked.reason },
          connected: known.device === device.id || deps.connected(known.device),
          lastSeen: known.device === device.id ? deps.now() : deps.lastSeen(known.device),
        };
      })
      .sort(
        (a, b) =>
          Number(b.this) - Number(a.this) || a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1),
      );
  }

  function find(id: string): Device {
    const found = list().find((one) => one.id === id);
    if (found === undefined) throw new Failure("not-found", "There is no such device of yours.");
    return found;
  }

  /**
   * In every space: the one revoked writes and gets nothing from now on, and its feeds are cut where they end here. With the
   * identity key's word this also reaches control events not seen of it yet, and whatever it let in.
   */
  function unbind(space: Space, gone: DeviceId): void {
    const state = space.replica.state();
    if (space.row.state !== "member" || state?.devices.get(gone) !== account || state.devices.get(device.id) !== account) return;
    const { log, feeds } = space.replica;
    if (log.heads().length > limits.heads) deps.wrote(space, author.control(space, "merge", { account }).received);
    const heads = log.heads();
    const seed = heads.length <= limits.heads ? (givenSeed ?? deps.phraseSeed()) : null;
    const statement = seed === null ? null : deps.crypto.sign(seed, unbindStatement(space.id as unknown as EventId, gone, heads));
    const payload = { account, device: gone, by: device.id, revocation: null, statement };
    const { events, received } = author.control(space, "device.unbind", payload);
    deps.wrote(space, received);
    const written = [...feeds.all()].filter((feed) => feed.device === gone && feed.channel !== space.id);
    if (written.length === 0) return;
    const cause = events[events.length - 1]!.id;
    const cuts = written.map((feed) => draft("cut", { cause, channel: feed.channel, devices: [[gone, lastSeq(feed), feed.tip]], rest: false }));
    deps.wrote(space, author.write(space, space.id, cuts).received);
  }

  function signedOut(): string | null {
    return store.setting(signedOutKey);
  }

  return {
    list,
    signedOut,
    unbind,
    name(id, name) {
      const found = find(id);
      own.set(`device/${found.id}`, name.trim().slice(0, limits.name));
      deps.changed();
      return find(id);
    },
    revoke(id, reason, words) {
      const found = find(id);
      if (found.this) throw new Failure("bad-request", "A device cannot revoke itself. Do it on another one, or delete this one's data.");
      const stopped = deps.stopped();
      if (stopped !== null) throw new Failure("device-stopped", stopped);
      const seed = words === undefined ? null : seedOfWords(words);
      if (seed !== null && toHex(deps.crypto.publicKey(seed)) !== logs.own.state().identityKey) {
        throw new Failure("phrase-mismatch", "These words are not the recovery phrase of this account.");
      }
      if (found.standing !== "good") return found;
      givenSeed = seed;
      try {
        logs.write({ type: "device.revoke", device: found.id as DeviceId, reason }, seed === null ? [device.signingSeed] : [device.signingSeed, seed]);
        // Here and not by way of the log alone: a failure is to be told.
        for (const space of spaces.all()) unbind(space, found.id as DeviceId);
      } finally {
        givenSeed = null;
      }
      return find(id);
    },
    settle() {
      const { devices } = logs.own.state();
      const mine = devices.get(device.id);
      if (mine?.standing === "revoked") {
        if (signedOut() !== null) return;
        const by = mine.revoked?.by ?? null;
        const who = by === null ? "with the recovery phrase" : `by ${nameOf(by)}`;
        store.transaction(() =>
          store.putSetting(
            signedOutKey,
            `This device was signed out ${who}. What is here stays until you erase it.`,
          ),
        );
        return deps.ended();
      }
      for (const { device: other, standing } of devices.values()) {
        if (standing === "revoked")
          for (const space of spaces.all()) deps.guarded(() => unbind(space, other));
      }
      bindings.settle();
    },
  };
}
