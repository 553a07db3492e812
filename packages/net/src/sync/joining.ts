/** Proving an invite to a member, and checking such a proof (spec/06-sync.md, Joining). */
import { checkCertificate, proveInvite, verifyInviteProof } from "@multichat/core";
import type { Crypto } from "@multichat/core/ports";
import type { AdmissionCode, DeviceId, EventId, FrameOf } from "@multichat/protocol";
import type { PendingJoin, SyncHost, SyncSpace } from "./host.ts";

export const admit = {
  prove(crypto: Crypto, join: PendingJoin, device: DeviceId): Uint8Array {
    const { space, invite } = join.link;
    return proveInvite(crypto, join.seed, { space, invite, account: join.account, device });
  },

  /** Whether a device not bound yet belongs to a member, so that it may see the control log and bind itself. */
  comesBack({ crypto, host }: { crypto: Crypto; host: SyncHost }, space: SyncSpace, peer: DeviceId, frame: FrameOf<"join">): boolean {
    const state = space.replica.state();
    const checked = checkCertificate(crypto, frame);
    if (state === null || !checked.ok) return false;
    const { account, device, by } = checked.value;
    if (device !== peer || account !== frame.account || space.withheld.has(account)) return false;
    if (host.mayEnter(space.replica.space, account, device)) return true;
    return state.members.has(account) && ("identity" in by || state.devices.get(by.device) === account);
  },

  /** A wrong proof gets the same answer as an invite that never was. */
  check(
    { crypto, host }: { crypto: Crypto; host: SyncHost },
    space: SyncSpace,
    inviteId: EventId,
    peer: DeviceId,
    frame: FrameOf<"join">,
  ): AdmissionCode {
    const invite = space.replica.state()?.invites.get(inviteId);
    if (invite === undefined) return "invite-unknown";
    const checked = checkCertificate(crypto, frame);
    if (!checked.ok || checked.value.device !== peer || checked.value.account !== frame.account) return "invite-unknown";
    const claim = { space: space.replica.space, invite: inviteId, account: frame.account, device: peer, proof: frame.proof };
    if (!verifyInviteProof(crypto, invite.key, claim)) return "invite-unknown";
    return host.judgeInvite(space.replica.space, inviteId, frame.account, peer);
  },
};
