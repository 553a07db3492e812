/** The spaces this node keeps: their replicas and secrets, in memory and in the store. */
import { type Replica, createReplica, deletionsOf, spaceTagKey } from "@multichat/core";
import type { Crypto, Store, StoredSpace } from "@multichat/core/ports";
import { type SyncSpace, createClaims } from "@multichat/net/sync";
import type { AccountId, ChannelId, DeviceId, SpaceId } from "@multichat/protocol";
import { sentLateIn } from "../conversation/sent-late.ts";

export interface Space extends SyncSpace {
  id: SpaceId;
  row: StoredSpace;
  /** When some member's holdings were all here, ms; null if never since the start. */
  syncedAt: number | null;
}

export interface Spaces {
  all(): Iterable<Space>;
  /** Those about which there is something to say to others: not the ones left for good. */
  shared(): Iterable<Space>;
  get(id: SpaceId): Space | null;
  /** The space a channel belongs to. */
  ofChannel(channel: ChannelId): Space | null;
  add(row: StoredSpace, entering: boolean): Space;
  update(space: Space, change: Partial<Pick<StoredSpace, "state" | "joinedAt">>): void;
  /** Makes the replica anew from the store: after a transaction that failed. */
  reload(space: Space): void;
  drop(space: Space): void;
  /** Stops taking part and keeps what is here: a device that comes back goes on where its feeds end. */
  leave(space: Space): void;
  /** The others know. */
  left(space: Space): void;
  /** Others took this account out: what is here stays to be read. */
  removed(space: Space): void;
  /** That turned out to be void. */
  restored(space: Space): void;
}

export function createSpaces(deps: {
  store: Store;
  crypto: Crypto;
  self: { device: DeviceId; account: AccountId };
  /** Whose messages are no news. */
  isSilent(account: AccountId): boolean;
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
      offeredBy: null,
      leaving: row.state === "left" && store.setting(leavingKey(row.id)) !== null,
      removed: row.state === "left" && store.setting(removedKey(row.id)) !== null,
      withheld: new Set(),
      syncedAt: null,
    };
    spaces.set(row.id, space);
    return space;
  }

  for (const row of store.spaces()) hold(row, row.state === "joining");

  return {
    all: () => spaces.values(),
    *shared() {
      for (const space of spaces.values()) if (space.row.state !== "left" || space.leaving || space.removed) yield space;
    },
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
      if (space.removed && space.row.state !== "left") {
        store.putSetting(removedKey(space.id), null);
        space.removed = false;
      }
      space.replica.setJoinedAt(space.row.joinedAt);
    },
    reload(space) {
      if (store.spaces().some(({ id }) => id === space.id)) space.replica = replica(space.row);
      else spaces.delete(space.id);
    },
    drop(space) {
      store.transaction(() => {
        store.dropSpace(space.id);
        for (const prefix of [`since/${space.id}/`, `compared/${space.id}/`, `fork/${space.id}/`, deletionsOf(space.id), `heard/${space.id}`, leavingKey(space.id), removedKey(space.id), sentLateIn(space.id)]) {
          for (const { key } of store.settings(prefix)) store.putSetting(key, null);
        }
      });
      spaces.delete(space.id);
    },
    leave(space) {
      store.transaction(() => {
        store.putSetting(leavingKey(space.id), "told nobody yet");
        this.update(space, { state: "left" });
      });
      Object.assign(space, { leaving: true, entering: false });
    },
    left(space) {
      store.transaction(() => {
        store.putSetting(leavingKey(space.id), null);
        this.update(space, { state: "left" });
      });
      Object.assign(space, { leaving: false, entering: false });
    },
    removed(space) {
      store.transaction(() => {
        store.putSetting(removedKey(space.id), "by others");
        this.update(space, { state: "left" });
      });
      Object.assign(space, { removed: true, leaving: false, entering: false });
    },
    restored(space) {
      store.transaction(() => this.update(space, { state: "member" }));
    },
  };
}

function removedKey(space: SpaceId): string {
  return `removed/${space}`;
}

function leavingKey(space: SpaceId): string {
  return `leaving/${space}`;
}
