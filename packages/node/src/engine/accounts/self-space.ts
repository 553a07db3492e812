/**
 * The self space (spec/09-devices.md): where one account's devices keep what is nobody else's business. Made when there is a
 * second device, and by it every device learns in which spaces the account is.
 */
import type { AccountState } from "@multichat/core";
import type { Crypto, Random, Store } from "@multichat/core/ports";
import {
  type DeviceId,
  type SharedSpace,
  type SpaceId,
  fromHex,
  parseSpaceId,
  toHex,
} from "@multichat/protocol";
import { z } from "zod";
import { type Founder, foundSpace } from "../joining/founding.ts";
import type { OwnData } from "./own-data.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import type { AccountKeys, DeviceKeys } from "../vault.ts";

const prefix = "space/";
const id = z.string().regex(/^[0-9a-f]{64}$/);
const form = z.object({
  secret: id,
  peers: z.array(z.object({ device: id, addresses: z.array(z.string()) })),
});
/** To find a space by: enough that one of them is on. */
const peersTold = 4;
const addressesTold = 4;

export interface SelfSpace {
  /** Those this device belongs to, by id; the first is the one to write to. */
  homes(): Space[];
  /** Makes one if there is none and none is being entered. */
  ensure(): void;
  /** Tells the other devices where this account is. */
  publish(): void;
  /** Own data said something else: perhaps another device is in a space that this one is not in. */
  learned(key: string, value: string | null): void;
  /** For another own device: where the account is, self spaces first. */
  shared(): SharedSpace[];
  one(space: Space): SharedSpace;
  /** Takes up spaces that another own device named. */
  enter(spaces: readonly SharedSpace[]): void;
}

export function isSelf(space: Space): boolean {
  return space.replica.state()?.genesis.kind === "self";
}

export function createSelfSpace(deps: {
  store: Store;
  crypto: Crypto;
  random: Random;
  spaces: Spaces;
  own(): OwnData;
  device: DeviceKeys;
  account(): Pick<AccountKeys, "id" | "certificate" | "acceptance" | "log">;
  identity(): AccountState;
  now(): number;
  /** This device first. */
  peersOf(space: Space): { device: DeviceId; addresses: string[] }[];
  /** A space was made here. */
  founded(space: Space, received: ReturnType<Space["replica"]["receive"]>): void;
  /** A space is to be entered, with whom to ask. */
  found(space: SharedSpace): void;
  /** The account left a space by the hand of another device. */
  gone(space: Space): void;
}): SelfSpace {
  const { store, spaces, device } = deps;

  function homes(): Space[] {
    return [...spaces.all()]
      .filter((space) => space.row.state === "member" && isSelf(space))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  function shared(space: Space): SharedSpace {
    const peers = deps
      .peersOf(space)
      .slice(0, peersTold)
      .map((peer) => ({ device: peer.device, addresses: peer.addresses.slice(0, addressesTold) }));
    return { id: space.id, secret: space.secret, peers };
  }

  function enter(found: readonly SharedSpace[]): void {
    for (const space of found) if (spaces.get(space.id) === null) deps.found(space);
  }

  return {
    homes,
    ensure() {
      const entering = [...spaces.all()].some(
        (space) => space.entering && space.replica.state() === null,
      );
      if (homes().length > 0 || entering) return;
      const founder: Founder = {
        device,
        account: deps.account(),
        identity: deps.identity(),
        now: deps.now(),
      };
      const founding = foundSpace(deps, founder, { kind: "self", policy: new Map() });
      store.transaction(() => {
        const space = spaces.add(
          { id: founding.id, secret: founding.secret, state: "member", joinedAt: deps.now() },
          false,
        );
        deps.founded(space, space.replica.receive(founding.begin, deps.now(), "self"));
      });
    },
    publish() {
      if (homes().length === 0) return;
      for (const space of spaces.all()) {
        if (space.row.state !== "member" || isSelf(space)) continue;
        const key = prefix + space.id;
        const known = parse(key, deps.own().get(key));
        if (known !== null && toHex(known.secret) === toHex(space.secret)) continue;
        const { secret, peers } = shared(space);
        deps.own().set(key, JSON.stringify({ secret: toHex(secret), peers }));
      }
    },
    learned(key, value) {
      if (!key.startsWith(prefix)) return;
      const space = spaces.get(key.slice(prefix.length) as SpaceId);
      const told = parse(key, value);
      if (told !== null) enter([told]);
      else if (value === null && space?.row.state === "member") deps.gone(space);
    },
    shared() {
      const ours = [...spaces.all()].filter(({ row }) => row.state === "member");
      return [...ours.filter(isSelf), ...ours.filter((space) => !isSelf(space))].map(shared);
    },
    one: shared,
    enter,
  };
}

/** Null for what is not there, or not as it should be. */
function parse(key: string, value: string | null): SharedSpace | null {
  const space = parseSpaceId(key.slice(prefix.length));
  if (space === null || value === null) return null;
  try {
    const read = form.safeParse(JSON.parse(value));
    return read.success
      ? {
          id: space,
          secret: fromHex(read.data.secret),
          peers: read.data.peers as SharedSpace["peers"],
        }
      : null;
  } catch {
    return null;
  }
}
