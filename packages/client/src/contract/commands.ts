/**
 * Every command of the local API: its parameters and its result (spec/local-api.md). A command is sent as
 * `{id, command, params}` over the WebSocket or POSTed as `{command, params}` to /api/v1/command.
 */
import type { ContentCommands, SendMore } from "./content.ts";
import type { FileCommands } from "./files.ts";
import type { DeviceCommands } from "./devices.ts";
import type {
  Channel,
  DeliveryDetail,
  DoctorCheck,
  Id,
  Invite,
  InvitePreview,
  Join,
  Member,
  Message,
  Peer,
  Person,
  Space,
  Status,
} from "./model.ts";
import type { ImportCommands } from "./imports.ts";
import type { ModerationCommands } from "./moderation.ts";
import type { NotificationCommands } from "./notifications.ts";
import type { OwnershipCommands } from "./ownership.ts";
import type { PresenceCommands } from "./presence.ts";
import type { PrivateCommands } from "./private.ts";
import type { RoleCommands } from "./roles.ts";
import type { TrustCommands } from "./trust.ts";

/** command name → [params, result] */
export interface Commands extends ContentCommands, FileCommands, ImportCommands, TrustCommands, DeviceCommands, RoleCommands, ModerationCommands, OwnershipCommands, PresenceCommands, PrivateCommands, NotificationCommands {
  "status.get": [Record<string, never>, { status: Status }];
  "doctor.run": [Record<string, never>, { ok: boolean; checks: DoctorCheck[] }];

  "account.create": [{ name: string }, { account: Person }];
  "account.get": [Record<string, never>, { account: Person | null }];
  /** The 24 words, as long as they were not confirmed. A secret. */
  "account.phrase": [Record<string, never>, { words: string[] }];
  /** Three or more words typed back, by position (0-based). Erases the seed from this device. */
  "account.confirm-phrase": [
    { words: { position: number; word: string }[] },
    Record<string, never>,
  ];

  /** After damage or a copied data folder: enrol a new device and fetch everything again. */
  "device.renew": [Record<string, never>, Record<string, never>];

  "space.create": [{ name: string }, { space: Space }];
  "space.list": [Record<string, never>, { spaces: Space[] }];
  "space.leave": [{ space: Id }, Record<string, never>];

  /** `type`: `text` unless another is said (Channel.type). */
  "channel.create": [{ space: Id; name: string; topic?: string; type?: string }, { channel: Channel }];
  "channel.list": [{ space: Id }, { channels: Channel[] }];
  "channel.topic": [{ channel: Id; topic: string }, { channel: Channel }];

  "member.list": [{ space: Id }, { members: Member[] }];

  "invite.create": [
    {
      space: Id;
      role?: string;
      /** lifetime in ms; 0 or absent = never expires */ expiresIn?: number;
      uses?: number;
    },
    { invite: Invite; link: string },
  ];
  "invite.list": [{ space: Id }, { invites: Invite[] }];
  "invite.revoke": [{ space: Id; invite: Id }, { invite: Invite }];
  "invite.preview": [{ link: string }, { preview: InvitePreview }];

  /** Starts (or finds) the join of this link; progress comes as `join` events. */
  "join.start": [{ link: string }, { join: Join }];
  "join.list": [Record<string, never>, { joins: Join[] }];
  "join.cancel": [{ join: string }, Record<string, never>];

  /** Answers when the message is on disk. */
  "message.send": [{ channel: Id; text: string } & SendMore, { message: Message }];
  /**
   * A page in display order, oldest first. `before`/`after` are positions; with neither, the newest page.
   * `limit` 1..200, default 50. With `thread`, of the thread that hangs on that message (which is not part of it).
   */
  "message.list": [
    { channel: Id; thread?: Id; before?: string; after?: string; limit?: number },
    { messages: Message[]; hasOlder: boolean; hasNewer: boolean },
  ];
  "message.delivery": [{ message: Id }, { delivery: DeliveryDetail }];
  /** Everything up to and including this message is read, of its channel or, with `thread`, of that thread. */
  "read.mark": [{ channel: Id; thread?: Id; message: Id }, { channel: Channel }];

  "peer.list": [Record<string, never>, { peers: Peer[] }];

  /** Whose `messages` and `delivery` events this connection wants. Replaces what was watched before. `threads`: by the messages they hang on. */
  watch: [{ channels: Id[]; threads?: Id[] }, Record<string, never>];
}

export type CommandName = keyof Commands;
export type Params<C extends CommandName> = Commands[C][0];
export type Result<C extends CommandName> = Commands[C][1];
