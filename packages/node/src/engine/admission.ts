/** Letting in those who prove an invite (spec/06-sync.md, Joining): any member may, no owner need be online. */
import { grantsAt } from "@multichat/core";
import type { AccountId, AdmissionCode, DeviceId, EventId, SpaceId } from "@multichat/protocol";
import { type Draft, draft } from "./author.ts";
import { inviteState } from "./present.ts";
import type { Space, Spaces } from "./spaces.ts";

export interface Admission {
  /** Whether who proved this invite is let in. */
  judge(space: SpaceId, invite: EventId, joiner: AccountId, joining: DeviceId): AdmissionCode;
  /** A `join` came. */
  consider(space: Space, join: EventId): void;
  /** A device proved its invite to us: its `join` may have come by way of another member that is gone since. */
  considerAll(space: Space, joining: DeviceId): void;
}

export function createAdmission(deps: {
  spaces: Spaces;
  account: AccountId;
  now(): number;
  /** Why this device does not sign, or null. */
  stopped(): string | null;
  linked(device: DeviceId): boolean;
  write(space: Space, draft: Draft): void;
  cut(device: DeviceId, reason: string): void;
}): Admission {
  function judge(id: SpaceId, inviteId: EventId, joiner: AccountId, joining: DeviceId): AdmissionCode {
    const space = deps.spaces.get(id);
    const state = space?.replica.state() ?? null;
    const invite = state?.invites.get(inviteId);
    if (space === null || state === null || invite === undefined || space.row.state !== "member") return "invite-unknown";
    if (state.devices.has(joining)) return "ok";
    const standing = inviteState(invite, deps.now());
    if (standing === "revoked") return "invite-revoked";
    if (standing === "expired") return "invite-expired";
    if (standing === "used-up" && !invite.admitted.includes(joiner)) return "invite-used-up";
    const { log } = space.replica;
    const [senior] = grantsAt(log, state, log.heads(), deps.account);
    return senior !== undefined && senior.role.rank <= invite.role.rank && deps.stopped() === null ? "ok" : "invite-unknown";
  }

  function consider(space: Space, joinId: EventId): void {
    const state = space.replica.state();
    const join = state?.joins.get(joinId);
    if (state == null || join === undefined || space.row.state !== "member" || deps.stopped() !== null) return;
    if (!deps.linked(join.device) || state.devices.has(join.device)) return;
    if (judge(space.id, join.invite, join.account, join.device) !== "ok") {
      // It raced another joiner for the last use; asked again, it hears so.
      return deps.cut(join.device, "the invite was used meanwhile");
    }
    deps.write(space, draft("admit", { join: joinId, invite: join.invite }));
  }

  return {
    judge,
    consider,
    considerAll(space, joining) {
      for (const join of space.replica.state()?.joins.values() ?? []) if (join.device === joining) consider(space, join.id);
    },
  };
}
