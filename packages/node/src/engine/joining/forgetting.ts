/** Taking a space, or the account, off this device for good (spec/09-devices.md, Forgetting). */
import type { Clock, Store } from "@multichat/core/ports";
import type { SpaceId } from "@multichat/protocol";
import { Failure } from "../failure.ts";
import { isSelf } from "../accounts/self-space.ts";
import type { Space, Spaces } from "./spaces.ts";

/** Members in reach learn of a leave within this time; others learn it from them. */
const toldMs = 3_000;

export interface Forgetting {
  /** Leaves if need be; everything of it is gone when the members in reach know. */
  forget(space: Space): void;
  /** Removes what was to go when this node ended. */
  finish(): void;
  /** What stays elsewhere when this account goes, in sentences. */
  remains(): string[];
  /** Leaves everything; calls back when the members in reach know. */
  leaveAll(then: () => void): void;
  /** A space being joined: one forgotten here cannot be entered again by this device. @throws Failure */
  mayJoin(space: SpaceId): void;
}

export function createForgetting(deps: {
  store: Store;
  clock: Clock;
  spaces: Spaces;
  leave(space: Space): void;
  /** Something was dropped. */
  dropped(space: SpaceId): void;
  /** Linked devices with which the space is open. */
  openWith(space: Space): number;
  /** Of this account, besides this one. */
  otherDevices(): number;
  /** This device was revoked: it can leave nothing in the account's name any more, and nobody would listen. */
  signedOut(): boolean;
}): Forgetting {
  const { store, clock, spaces } = deps;
  const mark = (space: SpaceId): string => `forgotten/${space}`;

  /** What this device can leave. */
  function leavable(): Space[] {
    return deps.signedOut() ? [] : [...spaces.all()].filter((space) => space.row.state === "member" && !isSelf(space));
  }

  function drop(space: Space): void {
    if (spaces.get(space.id) === null) return;
    spaces.drop(space);
    deps.dropped(space.id);
  }

  return {
    forget(space) {
      const asked = deps.openWith(space);
      if (space.row.state === "member" && !deps.signedOut()) deps.leave(space);
      // Its own feeds go with it: going on in them would contradict what others hold. It goes too when this node ends meanwhile.
      store.transaction(() => store.putSetting(mark(space.id), "1"));
      if (asked === 0) drop(space);
      else clock.after(toldMs, () => drop(space));
    },
    finish() {
      for (const space of spaces.all()) if (store.setting(mark(space.id)) !== null) drop(space);
    },
    remains() {
      if (deps.signedOut()) return ["Your account goes on with your other devices. Only this one is empty now, and can be linked again."];
      const ours = leavable();
      const found = ["Backups you made, and the recovery phrase wherever you wrote it down: whoever has one of them is still you."];
      if (ours.length > 0) {
        found.unshift(`What you wrote stays with the other members of the ${ours.length === 1 ? "workspace" : `${ours.length} workspaces`} you were in, and so does your name. You are no member any more.`);
      }
      const alone = ours.filter((space) => deps.openWith(space) === 0 && (space.replica.state()?.members.size ?? 0) > 1).length;
      if (alone > 0) found.push(`In ${alone} of them nobody could be told: there you are still listed.`);
      const others = deps.otherDevices();
      if (others > 0) found.push(`Your account stays on ${others === 1 ? "your other device" : `your ${others} other devices`}. Delete it there as well.`);
      return found;
    },
    leaveAll(then) {
      let asked = 0;
      for (const space of leavable()) {
        asked += deps.openWith(space);
        deps.leave(space);
      }
      clock.after(asked === 0 ? 0 : toldMs, then);
    },
    mayJoin(space) {
      if (store.setting(mark(space)) === null) return;
      throw new Failure("not-allowed", "You forgot this workspace on this device, so it cannot come back here. Join it on another device of yours, or continue as a new device.");
    },
  };
}
