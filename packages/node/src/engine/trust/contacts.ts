/** The devices this node deals with: whom to keep connected, at which addresses, and what to say of each. */
import type { Store } from "@multichat/core/ports";
import type { Peer } from "@multichat/client/contract";
import type { Connector } from "@multichat/net/connections";
import { lists } from "@multichat/net/sync";
import { type AccountId, type DeviceId, type IntroductionPeer, type SpaceId, limits } from "@multichat/protocol";
import type { People } from "./people.ts";
import { isSelf } from "../accounts/self-space.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import type { KnownSpace } from "../vault.ts";

/** Of one space: enough to find somebody after the database was lost. */
const rememberedPeers = 16;
const rememberedAddresses = 8;

export interface Contacts {
  /** Who should be connected: the devices of all members, and whoever may let us in. */
  targets(): Map<DeviceId, string[]>;
  /** Of which account this is a device, if we share a space with it. */
  ownerOf(device: DeviceId): AccountId | null;
  addressesOf(device: DeviceId): string[];
  /** Where an account's devices can be found, as far as known: those with an address, the ones seen last first. */
  placesOf(account: AccountId): IntroductionPeer[];
  lastSeen(device: DeviceId): number | null;
  /** This address of a device worked, ms. */
  reached(device: DeviceId, address: string, at: number): void;
  list(): Peer[];
  /** Other devices that belong to a space, and where they are. */
  peersOf(space: Space): { device: DeviceId; addresses: string[] }[];
  /** What must survive the database; null when nothing changed since the last time. */
  toRemember(): KnownSpace[] | null;
}

export function createContacts(deps: {
  store: Store;
  spaces: Spaces;
  people: People;
  connector: Connector;
  self: DeviceId;
  /** What was remembered by an earlier run. */
  known: readonly KnownSpace[];
  /** Whom a join under way needs. */
  joinTargets(): Map<DeviceId, string[]>;
  /** Where an introduction says that a device is. */
  introduced(device: DeviceId): string[];
  /** Who is to be offered something. */
  offerTargets(): DeviceId[];
  peerId(device: DeviceId): string;
}): Contacts {
  const { store, spaces, people, connector, self } = deps;
  let remembered = "";

  function* members(): Generator<{ space: Space; device: DeviceId; owner: AccountId }> {
    for (const space of spaces.shared()) {
      if (space.removed) continue;
      for (const [device, owner] of space.replica.state()?.devices ?? []) if (device !== self && lists(space, device)) yield { space, device, owner };
    }
  }

  function knownPeer(device: DeviceId): { address: string; at: number } | null {
    const saved = store.setting(`peer/${device}`);
    return saved === null ? null : (JSON.parse(saved) as { address: string; at: number });
  }

  function ownerOf(device: DeviceId): AccountId | null {
    for (const space of spaces.shared()) {
      const owner = space.replica.state()?.devices.get(device);
      if (owner !== undefined) return owner;
    }
    return null;
  }

  function addressesOf(device: DeviceId): string[] {
    const owner = ownerOf(device);
    const announced = owner === null ? [] : people.addresses(owner, device);
    const last = knownPeer(device)?.address;
    return [...new Set([...(last === undefined ? [] : [last]), ...announced])];
  }

  /** Of a device with which no space is shared any more, or none yet. */
  function formerAddresses(device: DeviceId): string[] {
    const owners = new Set<AccountId>();
    for (const space of spaces.all()) for (const { account } of space.replica.state()?.bindingsOf.get(device) ?? []) owners.add(account);
    const last = knownPeer(device)?.address;
    const announced = [...owners].flatMap((owner) => people.addresses(owner, device));
    return [...new Set([...(last === undefined ? [] : [last]), ...announced, ...deps.introduced(device)])];
  }

  function lastSeen(device: DeviceId): number | null {
    return connector.peer(device)?.lastConnected ?? knownPeer(device)?.at ?? null;
  }

  function peersOf(space: Space): KnownSpace["peers"] {
    if (space.entering) return deps.known.find(({ id }) => id === space.id)?.peers ?? [];
    return [...(space.replica.state()?.devices.keys() ?? [])]
      .filter((device) => device !== self && lists(space, device))
      .slice(0, rememberedPeers)
      .map((device) => ({ device, addresses: addressesOf(device).slice(0, rememberedAddresses) }));
  }

  function placesOf(account: AccountId): IntroductionPeer[] {
    const found = new Map<DeviceId, string[]>();
    for (const { device, owner } of members()) {
      if (owner === account) found.set(device, addressesOf(device).slice(0, limits.introductionAddresses));
    }
    return [...found]
      .map(([device, addresses]) => ({ device, addresses }))
      .filter(({ addresses }) => addresses.length > 0)
      .sort((a, b) => (lastSeen(b.device) ?? 0) - (lastSeen(a.device) ?? 0))
      .slice(0, limits.introductionPeers);
  }

  return {
    targets() {
      const targets = new Map<DeviceId, string[]>(deps.joinTargets());
      for (const { id, peers } of deps.known) {
        if (spaces.get(id)?.entering) for (const peer of peers) targets.set(peer.device, peer.addresses);
      }
      for (const { device } of members()) {
        targets.set(device, [...new Set([...addressesOf(device), ...(targets.get(device) ?? [])])]);
      }
      for (const device of deps.offerTargets()) {
        if (!targets.has(device)) targets.set(device, formerAddresses(device));
      }
      return targets;
    },
    ownerOf,
    addressesOf,
    placesOf,
    lastSeen,
    peersOf,
    reached: (device, address, at) =>
      store.transaction(() => store.putSetting(`peer/${device}`, JSON.stringify({ address, at }))),
    list() {
      const known = new Map(connector.peers().map((peer) => [peer.device, peer]));
      const shared = new Map<DeviceId, { owner: AccountId; ids: SpaceId[] }>();
      for (const { space, device, owner } of members()) {
        const entry = shared.get(device) ?? { owner, ids: [] };
        entry.ids.push(space.id);
        shared.set(device, entry);
      }
      return [...shared].map(([device, { owner, ids }]): Peer => {
        const peer = known.get(device);
        const link = peer?.link ?? null;
        const failed = peer?.attempts[peer.attempts.length - 1]?.outcome;
        return {
          id: deps.peerId(device),
          name: people.person(owner).name,
          account: owner,
          connected: link !== null,
          link: link === null ? null : linkWords[link.kind],
          address: link?.address ?? null,
          rttMs: peer?.rttMs ?? null,
          spaces: ids.filter((shared) => !isSelf(spaces.get(shared)!)),
          lastConnected: lastSeen(device),
          problem: link !== null ? null : (failed ?? (addressesOf(device).length === 0 ? "No address is known yet." : null)),
          retryAt: peer?.retryAt ?? null,
        };
      });
    },
    toRemember() {
      const list = [...spaces.all()]
        .filter((space) => space.row.state !== "left")
        .map((space): KnownSpace => ({ id: space.id, secret: space.secret, peers: peersOf(space) }));
      const text = JSON.stringify(list.map(({ id, peers }) => [id, peers]));
      if (text === remembered) return null;
      remembered = text;
      return list;
    },
  };
}

const linkWords = { "this-machine": "this machine", "same-network": "same network", direct: "direct", relayed: "through another member" } as const;
