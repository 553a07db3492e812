/** What a control log says, resolved: who belongs, with which roles, which channels and invites there are. */
import type { AccountId, ChannelId, ControlPayload, DeviceId, EventId, SpaceId } from "@multichat/protocol";
import type { PermissionSet } from "./permissions.ts";

export interface Role {
  id: EventId;
  rank: number;
  name: string;
  colour: string;
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

export interface Channel {
  id: ChannelId;
  name: string;
  topic: string;
  type: string;
  archived: boolean;
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
  /** Every grant that was ever valid, by its id and by whom it is for. */
  grants: Map<EventId, Grant>;
  grantsOf: Map<AccountId, Grant[]>;
  /** Every binding that was ever valid. */
  bindingsOf: Map<DeviceId, Binding[]>;
  /** Bindings ended by their own account. */
  unbindings: Binding[];
  leaves: { account: AccountId; event: EventId }[];
  members: Map<AccountId, Member>;
  /** Devices of members. */
  devices: Map<DeviceId, AccountId>;
  channels: Map<ChannelId, Channel>;
  invites: Map<EventId, Invite>;
  joins: Map<EventId, Join>;
  /** Events without effect, and why. */
  void: Map<EventId, string>;
}
