/**
 * What a control log says, resolved: who belongs, with which roles and restrictions, which channels and invites there are.
 * Made by `resolve` alone; everybody else reads it.
 */
import type { AccountId, ChannelId, ControlPayload, DeviceId, EventId, OverrideSubject, SpaceId } from "@multichat/protocol";
import type { Judged } from "./judged.ts";
import type { PermissionSet } from "./permissions.ts";

export interface Role {
  id: EventId;
  /** Immutable; lower is more senior. */
  rank: number;
  name: string;
  colour: string;
  /** As `role.set` left them. */
  permissions: PermissionSet;
}

export interface Grant {
  /** The grant's id: of the `grant`, of the `admit`, or the founder's. */
  id: EventId;
  account: AccountId;
  role: Role;
  /** The event that made it: what must be in a past for the grant to be. */
  event: EventId;
}

export interface Binding {
  device: DeviceId;
  account: AccountId;
  event: EventId;
}

export interface Member {
  account: AccountId;
  /** Grants in force, most senior first; never empty. */
  grants: Grant[];
  devices: DeviceId[];
  /** Time of the first grant in force, ms. */
  joinedAt: number;
}

/** Who did something and when, for people to read. */
export interface Act {
  event: EventId;
  /** Null: the root keys. */
  by: AccountId | null;
  /** The stamp's time, ms. */
  at: number;
}

/** An account that is no member: it left, was removed, or may not come back. */
export interface Departure extends Act {
  account: AccountId;
  how: "left" | "removed" | "banned";
  /** Of a ban: ms, 0 = until it is lifted. */
  until: number;
}

export interface Mute extends Act {
  /** Ms, 0 = until it is lifted. */
  until: number;
}

/** One write of a channel's override; several for one subject only where they were written at once. */
export interface Override extends Act {
  subject: OverrideSubject;
  allow: PermissionSet;
  deny: PermissionSet;
  /** Whose it is: it binds only those junior to this rank. */
  rank: number;
}

export interface Channel {
  id: ChannelId;
  name: string;
  topic: string;
  /** Seconds after which messages expire; 0: they stay. */
  retention: number;
  type: string;
  archived: boolean;
  /** Only who may manage channels writes. */
  locked: boolean;
  /** Seconds between two messages of one person, 0 = no limit. */
  slow: number;
  overrides: Override[];
  createdAt: number;
}

export interface Invite {
  id: EventId;
  role: Role;
  /** The public key that proves possession of the link. */
  key: Uint8Array;
  /** Ms, 0 = never. */
  expires: number;
  /** 0 = no limit. */
  max: number;
  createdBy: AccountId;
  createdAt: number;
  /** Withdrawn, or its issuer was removed since. */
  revoked: boolean;
  /** Accounts admitted by it. */
  admitted: AccountId[];
}

export interface Join {
  id: EventId;
  invite: EventId;
  account: AccountId;
  device: DeviceId;
}

export interface ControlState {
  space: SpaceId;
  genesis: ControlPayload<"genesis">;
  policies: Map<string, string | number>;
  roles: Map<EventId, Role>;
  /** Every grant that was ever of use, by its id and by whom it is for. */
  grants: Map<EventId, Grant>;
  grantsOf: Map<AccountId, Grant[]>;
  /** Every binding that was ever valid. */
  bindingsOf: Map<DeviceId, Binding[]>;
  members: Map<AccountId, Member>;
  /** Who is no member any more, or is banned. */
  departed: Map<AccountId, Departure>;
  /** Mutes that nobody has lifted; whether their time is over is for the reader to see. */
  mutes: Map<AccountId, Mute>;
  /** Devices of members. */
  devices: Map<DeviceId, AccountId>;
  channels: Map<ChannelId, Channel>;
  invites: Map<EventId, Invite>;
  joins: Map<EventId, Join>;
  /** Events without effect, and why. */
  void: ReadonlyMap<EventId, string>;
  /** What the rules found, to judge by in other pasts. */
  judged: Judged;
}
