/**
 * What the node pushes over the WebSocket, as `{push, data}` (spec/local-api.md). Nothing is ever polled: on connecting,
 * a client lists what it shows, and from then on these say what changed.
 */
import type { ContentPushes } from "./content.ts";
import type { FilePushes } from "./files.ts";
import type { DevicePushes } from "./devices.ts";
import type { ImportPushes } from "./imports.ts";
import type { Channel, Delivery, Id, Join, Member, Message, Peer, Space, Status } from "./model.ts";
import type { ModerationPushes } from "./moderation.ts";
import type { NotificationPushes } from "./notifications.ts";
import type { OwnershipPushes } from "./ownership.ts";
import type { PresencePushes } from "./presence.ts";
import type { PrivatePushes } from "./private.ts";
import type { RolePushes } from "./roles.ts";
import type { TrustPushes } from "./trust.ts";

export interface Pushes extends ContentPushes, FilePushes, ImportPushes, TrustPushes, DevicePushes, RolePushes, ModerationPushes, OwnershipPushes, PresencePushes, PrivatePushes, NotificationPushes {
  status: Status;
  /** A space appeared or changed (name, unread, connection, rights). */
  space: Space;
  "space-gone": { space: Id };
  /** A channel appeared or changed (name, topic, unread, last activity). */
  channel: Channel;
  /** The members of a space as they are now; sent when someone joins, leaves, is renamed, connects or disconnects. */
  members: { space: Id; members: Member[] };
  /** New or changed messages of a watched channel or thread, in display order. One push holds a whole batch. `thread` is set for those of a thread. */
  messages: { channel: Id; thread: Id | null; messages: Message[] };
  /** Messages of a watched channel or thread that are no longer to be shown. */
  "messages-gone": { channel: Id; thread: Id | null; messages: Id[] };
  /** Acknowledgements for own messages of a watched channel, threads included. */
  delivery: { channel: Id; updates: { message: Id; delivery: Delivery }[] };
  join: Join;
  peers: { peers: Peer[] };
  invites: { space: Id };
}

export type PushName = keyof Pushes;
export type Push = { [P in PushName]: { push: P; data: Pushes[P] } }[PushName];
