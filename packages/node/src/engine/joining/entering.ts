/** How this account comes to be in a space: it is found or offered, entered, and caught up with. */
import type { Store } from "@multichat/core/ports";
import type { Sync } from "@multichat/net/sync";
import type { AccountId, DeviceId, SharedSpace, SpaceId } from "@multichat/protocol";
import { markChannels } from "../governing/control-changes.ts";
import type { Governance } from "../governing/governance.ts";
import type { Guarded } from "../guard.ts";
import type { Joins } from "./joins.ts";
import type { OwnAccount } from "../accounts/own-account.ts";
import type { PrivateSide } from "../private/side.ts";
import type { Pushes } from "../conversation/pushes.ts";
import type { ReadPositions } from "../accounts/read-positions.ts";
import { isSelf } from "../accounts/self-space.ts";
import type { Space, Spaces } from "./spaces.ts";

export interface Entering {
  /** Begins to enter a space that another device of this account is in, or that these devices offered. */
  begin(space: SharedSpace, offeredBy: ReadonlySet<DeviceId> | null): void;
  /** This device is in the space now. */
  entered(space: Space): void;
  /** All that a member holds of the space is here. */
  caughtUp(space: SpaceId, from: DeviceId): void;
}

export function createEntering(deps: {
  store: Store;
  spaces: Spaces;
  account: AccountId;
  /** The device that this one continues. */
  replaces: DeviceId | null;
  signingSeed: Uint8Array;
  ours: Pick<OwnAccount, "own" | "self" | "devices" | "logs">;
  sync(): Sync;
  pushes: Pushes;
  privates: PrivateSide;
  governance: Governance;
  joins: Joins;
  reading: ReadPositions;
  now(): number;
  guarded: Guarded;
  /** A space is to be looked for from now on. */
  known(space: SharedSpace): void;
  /** This device belongs to some space. */
  belongs(): void;
  /** This device is about to be in a space. */
  letIn(space: Space): void;
  /** Where the account is, or whom it needs, changed. */
  moved(): void;
}): Entering {
  const { store, spaces, ours, sync, pushes, privates, governance, now, guarded } = deps;

  /** The device that this one continues writes no more: told where all it wrote is here, since its feeds end with what is held. */
  function retireReplaced(space: Space): void {
    const old = deps.replaces;
    if (old === null) return;
    ours.devices.unbind(space, old);
    const everywhere = [...spaces.all()].every((other) => other.syncedAt !== null || other.row.state === "left");
    if (everywhere && ours.logs.own.isGood(old)) ours.logs.write({ type: "device.revoke", device: old, reason: "retired" }, [deps.signingSeed]);
  }

  /** What was written there since is news, ms: for a device that was there already when its account came in, for a later one not. */
  function newsSince(space: Space): number {
    const offered = privates.offers.since(space);
    if (offered !== null) return offered;
    const came = space.replica.state()?.members.get(deps.account)?.joinedAt ?? 0;
    const here = Math.min(...ours.self.homes().map(({ row }) => row.joinedAt));
    return came > here ? Math.min(came, now()) : now();
  }

  return {
    begin(space, offeredBy) {
      deps.known(space);
      const held = spaces.get(space.id) ?? spaces.add({ id: space.id, secret: space.secret, state: "joining", joinedAt: now() }, true);
      if (held.row.state !== "joining") spaces.update(held, { state: "joining" });
      Object.assign(held, { entering: true, leaving: false, offeredBy });
      deps.moved();
    },
    entered(space) {
      if (space.row.state === "member") return;
      deps.letIn(space);
      space.entering = false;
      spaces.update(space, { state: "member", joinedAt: newsSince(space) });
      pushes.markMembers(space.id);
      // They were told before as what somebody sees who does not belong.
      markChannels(pushes, space);
      // Until now our own did not count here, so nobody was told.
      space.replica.touch();
      sync().spreadRecords(space.id, store.records(deps.account), "self");
      deps.belongs();
      if (isSelf(space)) {
        ours.own.moved();
        // It may have been made somewhere else what was kept only here until now.
        for (const { key, value } of ours.own.entries("")) ours.self.learned(key, value);
      }
      ours.self.publish();
      privates.entered(space);
      deps.moved();
    },
    caughtUp(id, from) {
      const space = spaces.get(id);
      if (space === null) return;
      space.syncedAt = now();
      const wasFresh = governance.freshness.isFresh(space);
      governance.freshness.heard(space, from);
      // What waited for others to be heard.
      if (!wasFresh) guarded(() => privates.privateSpaces.settle(space));
      if (space.row.state === "member") {
        guarded(() => deps.joins.caughtUp(id));
        guarded(() => retireReplaced(space));
      }
      guarded(() => deps.reading.caughtUp(space.id));
      pushes.markSpace(id);
    },
  };
}
