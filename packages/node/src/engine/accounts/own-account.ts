/**
 * What this account's devices have in common (spec/02-accounts.md, spec/09-devices.md): the account's log, its own data, the
 * space they share with nobody else, and the linking of another device. The services, made and told of each other.
 */
import type { Received } from "@multichat/core";
import type { Clock, Crypto, Random, Store } from "@multichat/core/ports";
import type { Connector } from "@multichat/net/connections";
import type { Sync } from "@multichat/net/sync";
import type { AccountId, DeviceId, DeviceStep, SharedSpace } from "@multichat/protocol";
import { type AccountLogs, createAccountLogs } from "./account-logs.ts";
import type { Author } from "../conversation/author.ts";
import { type Devices, createDevices } from "./devices.ts";
import type { Guarded } from "../guard.ts";
import { type IdentitySeeds, createIdentitySeeds } from "./identity-seeds.ts";
import { type ExistingSide, createExistingSide } from "./linking/existing-side.ts";
import { answerLookup } from "./lookup.ts";
import { type OwnDataKeeper, createOwnData } from "./own-data.ts";
import type { People } from "../trust/people.ts";
import type { Pushes } from "../conversation/pushes.ts";
import { type SelfSpace, createSelfSpace, isSelf } from "./self-space.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import type { AccountKeys, DeviceKeys } from "../vault.ts";

export interface OwnAccount {
  readonly logs: AccountLogs;
  /** What this person keeps on all their devices. */
  readonly own: OwnDataKeeper;
  readonly self: SelfSpace;
  readonly devices: Devices;
  readonly seeds: IdentitySeeds;
  /** Links another device to this account. */
  readonly linking: ExistingSide;
  /** Whether both are devices of this account in good standing. */
  isSibling(device: DeviceId): boolean;
  /** A device was greeted: own ones that meet tell each other of the space they share with nobody else. */
  greeted(device: DeviceId): void;
  step(from: DeviceId, step: DeviceStep): void;
}

export function createOwnAccount(deps: {
  store: Store;
  clock: Clock;
  crypto: Crypto;
  random: Random;
  device: DeviceKeys;
  account: AccountKeys;
  spaces: Spaces;
  author: Author;
  people: People;
  connector: Connector;
  now(): number;
  stopped(): string | null;
  guarded: Guarded;
  sync(): Sync;
  pushes(): Pushes;
  keepAccount(change: Partial<AccountKeys>): void;
  phraseSeed(): Uint8Array | null;
  peerId(device: DeviceId): string;
  addresses(): string[];
  peersOf(space: Space): { device: DeviceId; addresses: string[] }[];
  lastSeen(device: DeviceId): number | null;
  wrote(space: Space, received: Received): void;
  /** Another device of this account is in a space, or has left one. */
  found(space: SharedSpace): void;
  gone(space: Space): void;
  /** Somebody's log grew, perhaps this account's. */
  logChanged(account: AccountId): void;
  /** This device was revoked. */
  signedOut(): void;
}): OwnAccount {
  const { store, clock, crypto, random, device, account, spaces, now, stopped, guarded } = deps;

  const self: SelfSpace = createSelfSpace({
    store, crypto, random, spaces, device, now,
    own: () => own,
    account: () => account,
    identity: () => logs.own.state(),
    peersOf: deps.peersOf,
    founded(space, received) {
      deps.wrote(space, received);
      own.moved();
    },
    found: deps.found,
    gone: deps.gone,
  });
  const own: OwnDataKeeper = createOwnData({
    store, crypto, clock, device, account: account.id, now,
    homes: () => self.homes(),
    spread: (space, records) => deps.sync().spreadRecords(space, records, "self"),
  });
  const logs: AccountLogs = createAccountLogs({
    store, crypto, device, account, now,
    keep: deps.keepAccount,
    spread(records) {
      for (const space of spaces.shared()) {
        space.replica.touch();
        deps.sync().spreadRecords(space.id, records, "self");
      }
    },
    changed(id) {
      deps.logChanged(id);
      if (id === account.id) changed();
    },
  });
  const devices: Devices = createDevices({
    store, crypto, phraseSeed: deps.phraseSeed, device, account: account.id, logs, own, spaces, author: deps.author, stopped, wrote: deps.wrote, guarded, now,
    peerId: deps.peerId,
    connected: (other) => deps.connector.peer(other)?.link != null,
    lastSeen: deps.lastSeen,
    changed: () => deps.pushes().markDevices(),
    ended: deps.signedOut,
  });
  const seeds: IdentitySeeds = createIdentitySeeds({ crypto, random, logs, own, account, device, now, phraseSeed: deps.phraseSeed, keepAccount: deps.keepAccount, stopped });
  const linking: ExistingSide = createExistingSide({
    crypto, random, clock, device, now, stopped,
    account: () => ({ ...account, nextSeed: seeds.next() }),
    log: logs.own,
    addresses: deps.addresses,
    send: (other, step) => deps.sync().sendStep(other, step),
    spaces: sharedSpaces,
    linked: (_other, entry) => logs.take([entry]),
    changed: (data) => deps.pushes().say({ push: "linking", data }),
  });

  /** For another own device, one that is just becoming one. */
  function sharedSpaces(): SharedSpace[] {
    self.ensure();
    return self.shared();
  }

  function isSibling(other: DeviceId): boolean {
    return logs.own.isGood(other) && logs.own.isGood(device.id);
  }

  function tellSiblings(other: DeviceId): void {
    if (!isSibling(other)) return;
    const homes = self.shared().filter(({ id }) => isSelf(spaces.get(id)!));
    if (homes.length > 0) deps.sync().sendStep(other, { step: "siblings", value: { spaces: homes } });
  }

  /** The log of this account grew. */
  function changed(): void {
    const others = [...logs.own.state().devices.values()].some((other) => other.device !== device.id && other.standing === "good");
    if (others) {
      self.ensure();
      self.publish();
      for (const { device: other, link } of deps.connector.peers()) if (link !== null) tellSiblings(other);
      deps.sync().refresh();
    }
    seeds.settle();
    linking.settle();
    devices.settle();
    deps.pushes().markDevices();
  }

  return {
    logs, own, self, devices, seeds, linking, isSibling,
    greeted(other) {
      tellSiblings(other);
      linking.greeted(other);
    },
    step(from, step) {
      if (step.step === "lookup") {
        const answer = answerLookup(
          { crypto, self: device.id, account, logs, spaces, nameOf: (id) => deps.people.person(id).name, shared: self.one, all: sharedSpaces },
          from,
          step.value,
        );
        deps.sync().sendStep(from, answer);
      } else if (step.step !== "siblings") linking.step(from, step);
      else if (logs.own.isGood(from)) self.enter(step.value.spaces);
    },
  };
}
