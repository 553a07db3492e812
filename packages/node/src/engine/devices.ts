/**
 * The devices of this account (spec/02-accounts.md, spec/09-devices.md): naming, revoking, and what follows from a revocation
 * whichever own device made it.
 */
import type { Store } from "@multichat/core/ports";
import type { Device, RevokeReason } from "@multichat/client/contract";
import { type AccountId, type DeviceId, limits } from "@multichat/protocol";
import type { AccountLogs } from "./account-logs.ts";
import type { Author } from "./author.ts";
import { Failure } from "./failure.ts";
import type { OwnData } from "./own-data.ts";
import type { Space, Spaces } from "./spaces.ts";
import type { DeviceKeys } from "./vault.ts";

const signedOutKey = "signed-out";

export interface Devices {
  list(): Device[];
  name(device: string, name: string): Device;
  revoke(device: string, reason: RevokeReason): Device;
  /** The log or the spaces changed: does what a revocation asks for. */
  settle(): void;
  /** Why this device takes part in nothing any more, or null. */
  signedOut(): string | null;
}

export function createDevices(deps: {
  store: Store;
  device: DeviceKeys;
  account: AccountId;
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

  /** In every space: the one revoked writes and gets nothing from now on. */
  function unbind(space: Space, gone: DeviceId): void {
    const state = space.replica.state();
    if (
      space.row.state !== "member" ||
      state?.devices.get(gone) !== account ||
      state.devices.get(device.id) !== account
    )
      return;
    const payload = { account, device: gone, by: device.id, revocation: null, statement: null };
    deps.wrote(space, author.control(space, "device.unbind", payload).received);
  }

  function signedOut(): string | null {
    return store.setting(signedOutKey);
  }

  return {
    list,
    signedOut,
    name(id, name) {
      const found = find(id);
      own.set(`device/${found.id}`, name.trim().slice(0, limits.name));
      deps.changed();
      return find(id);
    },
    revoke(id, reason) {
      const found = find(id);
      if (found.this)
        throw new Failure(
          "bad-request",
          "A device cannot revoke itself. Do it on another one, or delete this one's data.",
        );
      const stopped = deps.stopped();
      if (stopped !== null) throw new Failure("device-stopped", stopped);
      if (found.standing === "good") {
        logs.write({ type: "device.revoke", device: found.id as DeviceId, reason }, [
          device.signingSeed,
        ]);
        // Here and not by way of the log alone: a failure is to be told.
        for (const space of spaces.all()) unbind(space, found.id as DeviceId);
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
    },
  };
}
