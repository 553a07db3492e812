/** Letting in those who prove an invite (spec/06-sync.md, Joining): any member may, no owner need be online. */
import { type ControlState, grantsAt } from "@multichat/core";
import type { AccountId, AdmissionCode, DeviceId, EventId, SpaceId } from "@multichat/protocol";
import { type Draft, draft } from "../conversation/author.ts";
import { isAnswered, needsApproval } from "./join-requests.ts";
import { inviteState } from "../conversation/present.ts";
import type { Space, Spaces } from "./spaces.ts";

export interface Admission {
  /** Whether who proved this invite is let in. */
  judge(space: SpaceId, invite: EventId, joiner: AccountId, joining: DeviceId): AdmissionCode;
  /** A `join` came. */
  consider(space: Space, join: EventId): void;
  /** A device proved this invite to us: its `join` may have come by way of another member that is gone since. */
  proved(space: Space, invite: EventId, joining: DeviceId): void;
  /** This device writes in the control log again, or nobody has to approve any more: those who wait, and are still there, are let in now. */
  resumed(space: Space): void;
}

export function createAdmission(deps: {
  spaces: Spaces;
  account: AccountId;
  /** Whether this invite is the one that whoever was offered the space holds, so that it is for those who are to be let in. */
  isStanding(space: Space, invite: EventId): boolean;
  isLetIn(space: Space, joiner: AccountId, joining: DeviceId): boolean;
  now(): number;
  /** Why this device does not sign, or null. */
  stopped(): string | null;
  /** This device writes nothing in the control log for now; others let in meanwhile. */
  waits(space: Space): boolean;
  linked(device: DeviceId): boolean;
  write(space: Space, draft: Draft): void;
  /** Tells a joiner what became of the invite it proved. */
  answer(device: DeviceId, invite: EventId, code: AdmissionCode): void;
}): Admission {
  function isBanned(state: ControlState, joiner: AccountId): boolean {
    const found = state.departed.get(joiner);
    return found?.how === "banned" && (found.until === 0 || deps.now() < found.until);
  }

  function judge(id: SpaceId, inviteId: EventId, joiner: AccountId, joining: DeviceId): AdmissionCode {
    const space = deps.spaces.get(id);
    const state = space?.replica.state() ?? null;
    const invite = state?.invites.get(inviteId);
    if (space === null || state === null || invite === undefined || space.row.state !== "member") return "invite-unknown";
    if ([joiner, state.devices.get(joining) ?? joiner].some((account) => space.withheld.has(account))) return "denied";
    if (state.devices.has(joining)) return "ok";
    if (deps.isStanding(space, inviteId) && !deps.isLetIn(space, joiner, joining)) return "invite-unknown";
    if (isBanned(state, joiner)) return "denied";
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
    const code = judge(space.id, join.invite, join.account, join.device);
    // Somebody decides on it by hand.
    if (code === "ok" && (needsApproval(state) || deps.waits(space))) return;
    // Since it proved the invite, another joiner may have had its last use.
    if (code !== "ok") return deps.answer(join.device, join.invite, code);
    deps.write(space, draft("admit", { join: joinId, invite: join.invite }));
  }

  return {
    judge,
    consider,
    proved(space, invite, joining) {
      for (const join of space.replica.state()?.joins.values() ?? []) {
        if (join.device === joining && join.invite === invite) consider(space, join.id);
      }
    },
    resumed(space) {
      const state = space.replica.state();
      for (const join of state?.joins.values() ?? []) if (!isAnswered(space, state!, join)) consider(space, join.id);
    },
  };
}
