/** The spaces this node keeps: their replicas and secrets, in memory and in the store. */
import { type Replica, createReplica, spaceTagKey } from "@multichat/core";
import type { Crypto, Store, StoredSpace } from "@multichat/core/ports";
import { type SyncSpace, createClaims } from "@multichat/net/sync";
import type { AccountId, ChannelId, DeviceId, SpaceId } from "@multichat/protocol";

export interface Space extends SyncSpace {
  id: SpaceId;
  row: StoredSpace;
  /** When some member's holdings were all here, ms; null if never since the start. */
  syncedAt: number | null;
}

export interface Spaces {
  all(): Iterable<Space>;
  get(id: SpaceId): Space | null;
  /** The space a channel belongs to. */
  ofChannel(channel: ChannelId): Space | null;
  add(row: StoredSpace, entering: boolean): Space;
  update(space: Space, change: Partial<Pick<StoredSpace, "state" | "joinedAt">>): void;
  /** Makes the replica anew from the store: after a transaction that failed. */
  reload(space: Space): void;
  drop(space: Space): void;
}

export function createSpaces(deps: {
  store: Store;
  crypto: Crypto;
  self: { device: DeviceId; account: AccountId };
}): Spaces {
  const { store, crypto } = deps;
  const spaces = new Map<SpaceId, Space>();
  const replica = (row: StoredSpace): Replica => createReplica(deps, row.id, row.joinedAt);

  function hold(row: StoredSpace, entering: boolean): Space {
    const space: Space = {
      id: row.id,
      row,
      replica: replica(row),
      secret: row.secret,
      tagKey: spaceTagKey(crypto, row.secret),
      claims: createClaims(),
      entering,
      syncedAt: null,
    };
    spaces.set(row.id, space);
    return space;
  }

  for (const row of store.spaces()) hold(row, row.state === "joining");

  return {
    all: () => spaces.values(),
    get: (id) => spaces.get(id) ?? null,
    ofChannel(channel) {
      for (const space of spaces.values()) if (space.replica.state()?.channels.has(channel)) return space;
      return null;
    },
    add(row, entering) {
      store.putSpace(row);
      return hold(row, entering);
    },
    update(space, change) {
      space.row = { ...space.row, ...change };
      store.putSpace(space.row);
      space.replica.setJoinedAt(space.row.joinedAt);
    },
    reload(space) {
      space.replica = replica(space.row);
    },
    drop(space) {
      store.dropSpace(space.id);
      spaces.delete(space.id);
    },
  };
}
