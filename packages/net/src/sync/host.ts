/** What sync needs of the node around it: the spaces, a way in for what arrives, and who wants to join where. */
import type { BlobReader, Event, Received, Replica } from "@multichat/core";
import type { StoredRecord } from "@multichat/core/ports";
import type {
  AccountId,
  AdmissionCode,
  BlobId,
  CloseCode,
  DeviceId,
  DeviceStep,
  EventId,
  InviteLink,
  FrameOf,
  SignedRecord,
  SpaceId,
  SpaceOffer,
} from "@multichat/protocol";
import type { Claims } from "./claims.ts";

export interface SyncSpace {
  replica: Replica;
  secret: Uint8Array;
  /** Derived from the secret. */
  tagKey: Uint8Array;
  /** What is being asked of any peer, so that two are not asked for the same. */
  claims: Claims;
  /** This device is not bound yet (a join or a renewed device): members are greeted all the same. */
  entering: boolean;
  /**
   * Devices that offered the space while the control log here did not list them: they are greeted for it, also by a member,
   * which may have been let in by somebody else at the same time. While entering nobody else is greeted; null: anybody.
   */
  offeredBy: ReadonlySet<DeviceId> | null;
  /** This account has left: members are told so, and nothing more is taken from them. */
  leaving: boolean;
  /** This account was removed: members are answered, not greeted, in case they take it back. */
  removed: boolean;
  /** Members that were removed from a parent of this space, and from this one not yet (spec/11-private-spaces.md). */
  withheld: ReadonlySet<AccountId>;
}

/** Whether a device belongs here, and is to be told and given what members get. */
export function lists({ replica, withheld }: Pick<SyncSpace, "replica" | "withheld">, device: DeviceId): boolean {
  const account = replica.state()?.devices.get(device);
  return account !== undefined && !withheld.has(account);
}

/** An invite this node holds and wants to use. */
export interface PendingJoin {
  link: InviteLink;
  seed: Uint8Array;
  /** The invite's public key. */
  key: Uint8Array;
  account: AccountId;
  certificate: Uint8Array;
  acceptance: Uint8Array;
}

export interface SyncHost {
  self: DeviceId;
  /** This machine's clock, uncorrected: peers compare it with theirs. */
  rawNow(): number;
  spaces(): Iterable<SyncSpace>;
  space(id: SpaceId): SyncSpace | null;
  /** `requested`: this node asked the peer for them. */
  receive(space: SpaceId, events: Event[], from: DeviceId, requested: boolean): Received;
  receiveRecords(space: SpaceId, records: SignedRecord[], from: DeviceId): void;
  /** A peer's clock, in ms ahead of ours. */
  clockSample(device: DeviceId, aheadMs: number): void;
  /** Everything this peer holds is here. */
  caughtUp(space: SpaceId, device: DeviceId): void;
  /** How much is known to be missing changed. */
  progress(space: SpaceId): void;
  closed(space: SpaceId, device: DeviceId, code: CloseCode): void;
  /** The events by which others removed this device's account, which it is shown; null if they did not, or it belongs here. */
  removal(space: SpaceId, device: DeviceId): EventId[] | null;

  /** This device's standing, shown to a space it is coming back to. */
  credentials(): Pick<PendingJoin, "account" | "certificate" | "acceptance">;
  joins(): Iterable<PendingJoin>;
  /** A member answered the invite: if `ok`, `secret` and `events` (number of control events that follow) are set. */
  admission(join: PendingJoin, device: DeviceId, answer: { code: AdmissionCode; secret: Uint8Array | null; events: number }): void;
  /** A joiner that was let in has been sent the control log. */
  admitted(space: SpaceId, invite: EventId, device: DeviceId): void;
  /** A joiner proved an invite: whether it is let in. */
  judgeInvite(space: SpaceId, invite: EventId, account: AccountId, device: DeviceId): AdmissionCode;
  /** Whether a device of an account that is not bound here may have the control log, to enter. */
  mayEnter(space: SpaceId, account: AccountId, device: DeviceId): boolean;
  /** A space that this account may be let into. */
  offered(device: DeviceId, offer: SpaceOffer): void;
  /** Both sides have said hello. */
  greeted(device: DeviceId): void;
  /** A step of linking or recovery, or what an own device tells (spec/09-devices.md). */
  deviceStep(device: DeviceId, step: DeviceStep): void;
  /** Something goes on with this device besides spaces: its link is kept. */
  keepsLink(device: DeviceId): boolean;
  /** A device of one's own account, in a space that belongs to nobody else: each lets the other see the control log. */
  isSibling(space: SpaceId, device: DeviceId): boolean;
  /** What a device that no longer belongs to a space is still to be shown: that it was revoked. */
  farewell(space: SpaceId, device: DeviceId): StoredRecord[];
  /** Whether the device may be given an event of this space that names the blob (spec/12-content.md). */
  mayHaveBlob(space: SpaceId, device: DeviceId, blob: BlobId): boolean;
  openBlob(blob: BlobId): Promise<BlobReader | null>;
  /** A piece of a blob came, whether it was asked for or not. */
  piece(space: SpaceId, device: DeviceId, piece: FrameOf<"piece">): void;
  /** This space is open with a device that belongs to it: both sides have said so. */
  opened(space: SpaceId, device: DeviceId): void;
  /** What a member's device says for a moment (spec/13-presence.md). */
  ephemeral(space: SpaceId, device: DeviceId, frame: FrameOf<"ephemeral">): void;
  log(event: string, detail?: Record<string, string | number>): void;
}
