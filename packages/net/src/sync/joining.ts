/**
 * Entering a space over one link (spec/06-sync.md, Joining; Coming back): proving an invite, or that one's account belongs, and
 * what a member says to it.
 */
import { checkCertificate, proveInvite, verifyInviteProof } from "@multichat/core";
import type { Crypto } from "@multichat/core/ports";
import type { AdmissionCode, DeviceId, EventId, Frame, FrameOf } from "@multichat/protocol";
import type { SyncHost, SyncSpace } from "./host.ts";
import { proofsOfPeer } from "./limits.ts";
import type { Parting } from "./parting.ts";
import type { SpaceLink } from "./space-link.ts";
import type { Tags } from "./tags.ts";

export interface Joining {
  /** This device enters a space where its account belongs: it shows its certificate. */
  askBack(space: SyncSpace): void;
  /** A member knows an invite that this node wants to use: it is proved. */
  invited(frame: FrameOf<"invited">): void;
  /** False when the peer proves too much. */
  join(frame: FrameOf<"join">): boolean;
  admission(frame: FrameOf<"admission">): void;
  /** Takes back what was said of an invite the peer proved. */
  answer(invite: EventId, code: AdmissionCode): void;
}

export function createJoining(deps: {
  host: SyncHost;
  crypto: Crypto;
  peer: DeviceId;
  tags: Tags;
  parting: Parting;
  send: (frame: Frame) => void;
  open(space: SyncSpace): SpaceLink;
}): Joining {
  const { host, crypto, peer, tags, send } = deps;
  let proofs = 0;

  /** Whether a device not bound yet belongs to a member, so that it may see the control log and bind itself. */
  function comesBack(space: SyncSpace, frame: FrameOf<"join">): boolean {
    const state = space.replica.state();
    const checked = checkCertificate(crypto, frame);
    if (state === null || !checked.ok) return false;
    const { account, device, by } = checked.value;
    if (device !== peer || account !== frame.account || space.withheld.has(account)) return false;
    if (host.mayEnter(space.replica.space, account, device)) return true;
    return state.members.has(account) && ("identity" in by || state.devices.get(by.device) === account);
  }

  /** A wrong proof gets the same answer as an invite that never was. */
  function check(space: SyncSpace, inviteId: EventId, frame: FrameOf<"join">): AdmissionCode {
    const invite = space.replica.state()?.invites.get(inviteId);
    if (invite === undefined) return "invite-unknown";
    const checked = checkCertificate(crypto, frame);
    if (!checked.ok || checked.value.device !== peer || checked.value.account !== frame.account) return "invite-unknown";
    const claim = { space: space.replica.space, invite: inviteId, account: frame.account, device: peer, proof: frame.proof };
    if (!verifyInviteProof(crypto, invite.key, claim)) return "invite-unknown";
    return host.judgeInvite(space.replica.space, inviteId, frame.account, peer);
  }

  function refuse(tag: Uint8Array, code: AdmissionCode): void {
    send({ type: "admission", tag, code, secret: null, events: 0 });
  }

  return {
    askBack(space) {
      if ([...host.joins()].some(({ link }) => link.space === space.replica.space)) return;
      const { account, certificate, acceptance } = host.credentials();
      send({ type: "join", tag: tags.tagOf(space), account, certificate, acceptance, proof: acceptance });
    },
    invited({ tag }) {
      const join = tags.joinOf(tag);
      if (join === null) return;
      const { account, certificate, acceptance, seed, link } = join;
      const proof = proveInvite(crypto, seed, { space: link.space, invite: link.invite, account, device: host.self });
      send({ type: "join", tag: tags.tagOfJoin(join), account, certificate, acceptance, proof });
    },
    join(frame) {
      if (++proofs > proofsOfPeer) return false;
      const known = tags.spaceOf(frame.tag);
      if (known !== null) {
        const { account } = frame;
        if (comesBack(known, frame)) deps.open(known).sendControlLog(() => host.mayEnter(known.replica.space, account, peer));
        return true;
      }
      const shown = tags.shown(frame.tag);
      // Without the invite's key no answer could be told from a stranger's.
      if (shown === null) return true;
      const space = host.space(shown.space);
      const code = space === null ? "invite-unknown" : check(space, shown.invite, frame);
      if (space === null || code !== "ok") {
        refuse(shown.tag, code);
        return true;
      }
      const events = space.replica.log.events().length;
      send({ type: "admission", tag: shown.tag, code, secret: space.secret, events });
      deps.parting.comesIn(space);
      deps.open(space).sendControlLog();
      host.admitted(space.replica.space, shown.invite, peer);
      return true;
    },
    admission({ tag, code, secret, events }) {
      const join = tags.joinOf(tag);
      if (join !== null) host.admission(join, peer, { code, secret, events });
    },
    answer(invite, code) {
      for (const shown of tags.allShown()) if (shown.invite === invite) refuse(shown.tag, code);
    },
  };
}
