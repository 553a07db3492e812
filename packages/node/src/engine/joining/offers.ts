/**
 * Offers (spec/11-private-spaces.md): letting people into private channels and conversations without links. A space is
 * offered to the devices of accounts that are to be let in, over the link to each; what others offer is taken up or waits.
 */
import { createAccountLog, sameBytes } from "@multichat/core";
import type { Crypto, Store } from "@multichat/core/ports";
import { type AccountId, type DeviceId, type EventId, type SharedSpace, type SpaceId, type SpaceOffer, limits, parseEventId } from "@multichat/protocol";
import { type AccountLogs, genesisIn } from "../accounts/account-logs.ts";
import { kindOf } from "../private/spaces.ts";
import type { Space, Spaces } from "./spaces.ts";

/** Spaces that one account offered and that led to no genesis yet: each is a secret and a few addresses. */
const mostUnproved = 16;
/** To somebody with whom nothing is shared: they may have declined, and nobody is told. */
const strangerAgainMs = 6 * 60 * 60_000;
/** Of the own log: what fits into a frame beside all else. */
const largestLog = 200_000;
/** Of one space, devices that are greeted while it is entered. */
const mostOfferers = 64;
const prefix = "offer/";

/** What is kept of an offer until it has led somewhere. */
interface Note {
  from: string;
  heads: string[];
  at: number;
  /** Devices that offered it. */
  devices: DeviceId[];
}

export interface ReceivedOffer extends SpaceOffer {
  /** The device it came from, in good standing. */
  device: DeviceId;
}

export interface Offers {
  /** After a start: goes on entering what was offered before. */
  resume(): void;
  /** Offers what is to be offered to those who are linked; whenever links, members or account logs changed. */
  settle(): void;
  /** The link to a device ended: all is offered again on the next. */
  forget(device: DeviceId): void;
  received(from: DeviceId, offer: SpaceOffer): void;
  /** Enters a space that was offered. @throws StoreError */
  enter(space: SharedSpace, heads: readonly string[], from: AccountId, by: DeviceId): void;
  /** Of a space being entered: what was offered is not what came. */
  isFalse(space: Space): boolean;
  /** Whether all that was said to be there has come. */
  isWhole(space: Space): boolean;
  /** Since when this account is to be let in where this device has just been, ms: what was written since is news. Null: it was not offered. */
  since(space: Space): number | null;
  /** This device belongs to the space now, or it is gone. */
  over(space: SpaceId): void;
  /** Whether an account is to be let into a space. */
  awaits(space: Space, account: AccountId): boolean;
  /** Whether a device is one of this account, as far as its log or an introduction says. */
  isDeviceOf(account: AccountId, device: DeviceId): boolean;
  /** Whether any device of this account is known. */
  isReachable(account: AccountId): boolean;
  /** Devices to be looked for so as to make them an offer. */
  targets(): DeviceId[];
}

export function createOffers(deps: {
  store: Store;
  crypto: Crypto;
  spaces: Spaces;
  logs: AccountLogs;
  account: AccountId;
  device: DeviceId;
  now(): number;
  stopped(): string | null;
  /** Whose a conversation is. */
  people(space: Space): AccountId[];
  /** When this account was added to a conversation, ms; null otherwise. */
  since(space: Space): number | null;
  ownName(): string;
  peersOf(space: Space): SharedSpace["peers"];
  /** Devices that were greeted. */
  greeted(): DeviceId[];
  send(device: DeviceId, offer: SpaceOffer): void;
  blocked(account: AccountId): boolean;
  isContact(account: AccountId): boolean;
  /** Where an introduced contact is. */
  contactDevices(account: AccountId): DeviceId[];
  enterSpace(space: SharedSpace, offeredBy: ReadonlySet<DeviceId>): void;
  /** Who is greeted for what changed. */
  greet(): void;
  /** Offered by somebody with whom this account has nothing to do. */
  request(offer: ReceivedOffer): void;
  log(event: string): void;
}): Offers {
  const { store, crypto, spaces, logs } = deps;
  /** On each link, what was offered. */
  const made = new Map<DeviceId, Set<SpaceId>>();
  /** To devices with which nothing is shared, when anything was offered last. */
  const strangers = new Map<DeviceId, number>();

  function awaits(space: Space, account: AccountId): boolean {
    if (space.withheld.has(account)) return false;
    const kind = kindOf(space);
    if (kind === "direct") return deps.people(space).includes(account);
    return kind === "private" && space.replica.state()!.members.has(account);
  }

  function isDeviceOf(account: AccountId, device: DeviceId): boolean {
    const log = logs.of(account);
    return log === null ? deps.contactDevices(account).includes(device) : log.isGood(device);
  }

  /** Every device an account was ever bound to somewhere, or was introduced with. */
  function devicesOf(account: AccountId): Set<DeviceId> {
    const found = new Set(deps.contactDevices(account));
    for (const space of spaces.all()) {
      for (const [device, bindings] of space.replica.state()?.bindingsOf ?? []) {
        if (bindings.some((binding) => binding.account === account)) found.add(device);
      }
    }
    return new Set([...found].filter((device) => device !== deps.device && isDeviceOf(account, device)));
  }

  /** Who is still to come, and by which devices. */
  function* missing(): Generator<{ space: Space; account: AccountId; device: DeviceId }> {
    for (const space of spaces.all()) {
      const kind = kindOf(space);
      if (space.row.state !== "member" || (kind !== "private" && kind !== "direct") || !awaits(space, deps.account)) continue;
      const state = space.replica.state()!;
      const invited = kind === "direct" ? deps.people(space) : state.members.keys();
      for (const account of invited) {
        if (account === deps.account || deps.blocked(account) || !awaits(space, account)) continue;
        for (const device of devicesOf(account)) {
          const over = state.judged.facts.devices.unbindsOf(device).some((unbind) => unbind.account === account);
          if (!over && !state.devices.has(device)) yield { space, account, device };
        }
      }
    }
  }

  function sharesSpace(account: AccountId): boolean {
    for (const space of spaces.shared()) {
      if (space.row.state === "member" && !space.withheld.has(account) && (space.replica.state()?.members.has(account) ?? false) && (kindOf(space) !== "direct" || hasCome(space, account))) return true;
    }
    return false;
  }

  /** In a conversation that was only offered, the other has agreed to nothing. */
  function hasCome(space: Space, account: AccountId): boolean {
    return (space.replica.state()?.members.get(account)?.devices.length ?? 0) > 0;
  }

  function offerOf(space: Space): SpaceOffer {
    const direct = kindOf(space) === "direct";
    const log = logs.own.entries().map(({ bytes }) => bytes);
    const size = log.reduce((sum, { length }) => sum + length, 0);
    return {
      id: space.id,
      secret: space.secret,
      heads: space.replica.log.heads().sort().slice(0, limits.heads),
      peers: deps.peersOf(space).slice(0, limits.invitePeers).map(({ device, addresses }) => ({ device, addresses: addresses.slice(0, limits.inviteAddresses) })),
      people: direct ? deps.people(space).sort().slice(0, limits.offerPeople) : [],
      name: (direct ? deps.ownName() : String(space.replica.state()!.policies.get("name") ?? "")).slice(0, limits.name),
      account: deps.account,
      log: size <= largestLog ? log.slice(0, limits.accountEntries) : [],
    };
  }

  /** Whether the offerer's log, or what is known of it already, has this device in good standing. */
  function speaksFor({ account, log: entries }: SpaceOffer, device: DeviceId): boolean {
    const known = logs.of(account);
    if (known !== null && known.state().devices.get(device)?.standing === "revoked") return false;
    const genesis = entries.map((entry) => genesisIn(crypto, account, entry)).find((found) => found !== null) ?? null;
    if (genesis === null) return known?.isGood(device) ?? false;
    const log = createAccountLog(crypto, account, genesis);
    for (const entry of [...(known?.entries().map(({ bytes }) => bytes) ?? []), ...entries]) log.add(entry);
    return log.isGood(device);
  }

  function noted(space: SpaceId): Note | null {
    const value = store.setting(prefix + space);
    return value === null ? null : (JSON.parse(value) as Note);
  }

  /** The oldest first. */
  function unprovedOf(from: AccountId): SpaceId[] {
    const spacesOf = store.settings(prefix).map(({ key }) => key.slice(prefix.length) as SpaceId);
    const unproved = spacesOf.filter((space) => noted(space)?.from === from && spaces.get(space)?.replica.state() === null);
    return unproved.sort((a, b) => noted(a)!.at - noted(b)!.at);
  }

  function enter(space: SharedSpace, heads: readonly string[], from: AccountId, by: DeviceId): void {
    const held = spaces.get(space.id);
    if (held !== null && held.replica.state() === null) spaces.drop(held);
    const unproved = unprovedOf(from);
    for (const oldest of unproved.slice(0, Math.max(0, unproved.length + 1 - mostUnproved))) drop(oldest);
    note(space.id, { from, heads: [...heads], at: deps.now(), devices: [by] });
    deps.enterSpace(space, new Set([by]));
  }

  function note(space: SpaceId, value: Note | null): void {
    store.transaction(() => store.putSetting(prefix + space, value === null ? null : JSON.stringify(value)));
  }

  /** Nobody but who offered a space is to know that it is being entered. */
  function greet(): void {
    for (const { key, value } of store.settings(prefix)) {
      const space = spaces.get(key.slice(prefix.length) as SpaceId);
      if (space?.entering) space.offeredBy = new Set((JSON.parse(value) as Note).devices);
    }
    deps.greet();
  }

  /** Who offers a space to a member does not know that it is one. If this node does not know of the other either, a third has let in both. */
  function meet(space: Space, offer: SpaceOffer, from: DeviceId): void {
    if (space.replica.state()!.devices.has(from) || !awaits(space, offer.account) || !sameBytes(space.secret, offer.secret)) return;
    space.offeredBy = new Set([...(space.offeredBy ?? []), from]);
    deps.greet();
  }

  function drop(id: SpaceId): void {
    const space = spaces.get(id);
    if (space !== null) spaces.drop(space);
    note(id, null);
  }

  return {
    resume: greet,
    awaits,
    isDeviceOf,
    enter,
    settle() {
      if (deps.stopped() !== null) return;
      const greeted = new Set(deps.greeted());
      const all = [...missing()];
      // Who came and went again is to be asked anew.
      for (const [device, offered] of made) {
        for (const id of offered) if (!all.some((one) => one.device === device && one.space.id === id)) offered.delete(id);
      }
      for (const { space, account, device } of all) {
        if (!greeted.has(device)) continue;
        const offered = made.get(device) ?? new Set();
        if (offered.has(space.id)) continue;
        made.set(device, offered.add(space.id));
        if (!sharesSpace(account)) strangers.set(device, deps.now());
        deps.send(device, offerOf(space));
      }
    },
    forget: (device) => void made.delete(device),
    received(from, offer) {
      if (deps.stopped() !== null || deps.blocked(offer.account) || offer.account === deps.account) return;
      const held = spaces.get(offer.id);
      // What was forgotten here this device cannot enter again (spec/09-devices.md, Forgetting).
      if (store.setting(`forgotten/${offer.id}`) !== null) return;
      if (!speaksFor(offer, from)) return deps.log("offer.refused");
      if (held?.row.state === "member") return meet(held, offer, from);
      const known = noted(offer.id);
      // Whoever leads to the genesis is right; of what leads nowhere, the newer counts.
      if (held?.row.state === "joining" && (held.replica.state() !== null || sameBytes(held.secret, offer.secret))) {
        if (known === null || known.devices.includes(from)) return;
        note(offer.id, { ...known, devices: [...known.devices, from].slice(-mostOfferers) });
        return greet();
      }
      const peers = offer.peers.some(({ device }) => device === from) ? offer.peers : [{ device: from, addresses: [] }, ...offer.peers.slice(1)];
      if (sharesSpace(offer.account) || deps.isContact(offer.account)) enter({ id: offer.id, secret: offer.secret, peers }, offer.heads, offer.account, from);
      else deps.request({ ...offer, peers, device: from });
    },
    isFalse: (space) => noted(space.id) !== null && kindOf(space) !== "private" && kindOf(space) !== "direct",
    isWhole: (space) => noted(space.id)?.heads.every((head) => space.replica.log.has(parseEventId(head) as EventId)) ?? true,
    isReachable: (account) => devicesOf(account).size > 0,
    since(space) {
      if (noted(space.id) === null) return null;
      return deps.since(space) ?? space.replica.state()?.members.get(deps.account)?.joinedAt ?? null;
    },
    over(space) {
      if (noted(space) !== null) note(space, null);
    },
    targets() {
      const found = new Set<DeviceId>();
      for (const { account, device } of missing()) {
        const last = strangers.get(device);
        if (sharesSpace(account) || last === undefined || deps.now() - last > strangerAgainMs) found.add(device);
      }
      return [...found];
    },
  };
}
