/**
 * The values the local API speaks of (spec/local-api.md). Everything is plain JSON: ids are lowercase hex,
 * times are milliseconds since 1970, and nothing here is a secret unless its name says so.
 */

import type { MessageContent, RetentionChange } from "./content.ts";
import type { Removal, Restriction } from "./moderation.ts";
import type { SpaceNature } from "./private.ts";
import type { Right } from "./roles.ts";
import type { Identity } from "./trust.ts";

/** An event's, space's or channel's id: 64 lowercase hex digits. */
export type Id = string;

/** `all`: also what was written before they joined; `join`: what is written from then on. */
export type History = "all" | "join";

/** A space as a person sees it in the rail. */
export interface Space extends SpaceNature {
  id: Id;
  name: string;
  /** How many people belong to it, this account included. */
  members: number;
  unread: number;
  connection: SpaceConnection;
  /** What this account may do here, as permission names of spec/permissions.md. */
  may: string[];
  /** Every permission, with the reason where this account does not have it. */
  permissions: Right[];
  /** Who proves an invite waits for somebody with `approve-joins`. */
  approve: boolean;
  /** What was said last about how long messages stay here; null: nothing. */
  retention: RetentionChange | null;
  /** What those who join may read. */
  history: History;
  /** The largest file that members' software sends here, in bytes; 0: any. */
  fileLimit: number;
  /** This account was removed: what was here stays to be read, and may be forgotten. */
  removed: Removal | null;
  /** Set when this node cannot write here, with the reason to show. */
  readOnly: string | null;
}

/** "Connected to 3 of 5 members. Last synced just now." */
export interface SpaceConnection {
  /** Other members with at least one connected device, and other members in all. */
  connected: number;
  of: number;
  /** When this node last held everything some connected member holds; null if never. */
  syncedAt: number | null;
  /** Events known to exist elsewhere that have not arrived here yet; 0 when caught up. */
  missing: number;
}

export interface Channel {
  id: Id;
  space: Id;
  name: string;
  topic: string;
  archived: boolean;
  /** Only who may manage channels writes. */
  locked: boolean;
  /** Seconds between two messages of one person, 0 = no limit. */
  slow: number;
  /** Slow mode: when this account may write again; null: now. */
  writableAt: number | null;
  /** Every permission of this account here, with the reason where it has it not. */
  permissions: Right[];
  unread: number;
  /** Of these, how many call this account. */
  mentions: number;
  /** Unread replies in its threads. */
  threadsUnread: number;
  /** `text`, `announcement` (few write), `forum` (threads first), or one this node does not know: then as text. */
  type: string;
  /** Seconds after which messages here disappear, the shorter of the channel's own and the workspace's; 0: they stay. */
  retention: number;
  /** What was said about that for this channel and its workspace, at most the newest twenty of each, the first first. */
  retentionChanges: RetentionChange[];
  /** The newest message's display time; null for an empty channel. */
  lastActivity: number | null;
  /** The newest message this account has read here; null before the first. */
  readUpTo: Id | null;
}

export interface Person {
  id: Id;
  name: string;
}

export interface Member extends Identity {
  /** Role names, most senior first. */
  roles: string[];
  /** The same, by their ids. */
  roleIds: Id[];
  /** Their most senior role is below that of this account. */
  junior: boolean;
  muted: Restriction | null;
  connected: boolean;
  devices: number;
  joinedAt: number;
  /** When this node saw them last (Presence): null while they are there, or if that is not known. */
  lastSeen: number | null;
}

/** Who has an own message. `devices` counts signed acknowledgements only, this device not included. */
export interface Delivery {
  stored: true;
  devices: number;
  of: number;
}

export interface Message extends MessageContent {
  id: Id;
  space: Id;
  channel: Id;
  author: Person;
  own: boolean;
  /** Its author is blocked by this account: shown only when asked for. */
  blocked: boolean;
  /** Markdown, with mentions by id (Mention). For a kind this node does not know: its fallback text. */
  text: string;
  /** The content kind: "message", or one this node does not know. */
  kind: string;
  known: boolean;
  /** Display time. */
  time: number;
  /** Sorts messages of one channel in display order, as text; also a position for `message.list`. */
  position: string;
  /** It came after newer messages had already been shown. */
  late: boolean;
  /** Its author's clock is ahead: it moves to its place when due. */
  wrongClock: boolean;
  /** The text has not arrived yet; other members are being asked. */
  wanted: boolean;
  /** Its text is gone: who took it away, and when. */
  deleted: { by: Person; at: number } | null;
  /** Own messages that the space's rules refuse: why, in words. */
  refused: string | null;
  delivery: Delivery | null;
}

export interface DeliveryDetail extends Delivery {
  has: { person: Person; devices: number }[];
  waiting: { person: Person; devices: number }[];
}

export interface Invite {
  id: Id;
  role: string;
  createdBy: Person;
  createdAt: number;
  /** 0 = never. */
  expires: number;
  /** 0 = no limit. */
  maxUses: number;
  uses: number;
  state: "open" | "expired" | "used-up" | "revoked";
  /** This device made it, so the link can be shown again. Holds the invite secret. */
  link: string | null;
}

/** What a link says of itself, before anyone was asked. */
export interface InvitePreview {
  space: { id: Id; name: string };
  inviter: string;
  addresses: number;
  /** This account already belongs to the space. */
  member: boolean;
}

export const joinSteps = ["finding", "checking", "fetching", "done", "failed"] as const;

/** A join under way. `failed` is final; until then it keeps trying by itself. */
export interface Join {
  id: string;
  space: { id: Id; name: string };
  inviter: string;
  step: (typeof joinSteps)[number];
  /** One sentence for a person: what is happening, or what is missing and what to do. */
  detail: string;
  /** Why it failed or is waiting, for programs; null while all is well. */
  code: ErrorCode | null;
  /** What was tried to reach a member, newest last. */
  attempts: { address: string; outcome: string; at: number }[];
  /** Only "one" until a second member's control heads agree. */
  confirmedBy: number;
  fetched: number;
  /** Grows while holdings are being compared. */
  total: number;
}

/** One other device this node knows. */
export interface Peer {
  /** libp2p peer id. */
  id: string;
  name: string;
  account: Id | null;
  connected: boolean;
  /** "same network", "direct", "this machine" …; null when not connected. */
  link: string | null;
  address: string | null;
  rttMs: number | null;
  spaces: Id[];
  lastConnected: number | null;
  /** Why the last attempt failed and when the next is due, while not connected. */
  problem: string | null;
  retryAt: number | null;
}

export interface Status {
  ready: true;
  version: string;
  api: string;
  account: Person | null;
  /** This device's libp2p peer id. */
  peer: string;
  /** Connected devices. */
  peers: number;
  /** The 24 words are still on this device because they were not confirmed. */
  phraseUnsaved: boolean;
  /** Addresses others can dial. */
  addresses: string[];
  /** The keys are encrypted and the passphrase has not been given: nothing works but `keys.unlock`. */
  locked: boolean;
  /** The keys in the data folder are encrypted. */
  protected: boolean;
  /** Another device revoked this one: why it takes part in nothing any more. */
  signedOut: string | null;
  problems: Problem[];
}

/** Something a person should know or act on; shown until it is gone. */
export interface Problem {
  code:
    | "clock-wrong"
    | "device-stopped"
    | "device-revoked"
    | "disk-full"
    | "database-damaged"
    | "database-newer"
    | "offline"
    | "port-changed";
  /** What happened and what to do. */
  message: string;
  /** A command that mends it, if one can. */
  remedy: "device.renew" | null;
}

export interface DoctorCheck {
  name: string;
  ok: boolean;
  /** What was found and, if not ok, what to do. */
  detail: string;
}

export const errorCodes = [
  // the request
  "bad-request",
  "unauthorized",
  "forbidden",
  "not-found",
  "ambiguous",
  "too-large",
  "unknown-command",
  // the account
  "no-account",
  "account-exists",
  "phrase-erased",
  "phrase-mismatch",
  "phrase-invalid",
  "phrase-replaced",
  "account-unknown",
  // own devices
  "code-garbled",
  "code-unknown",
  "code-expired",
  "code-used",
  "declined",
  "device-revoked",
  // files and passphrases
  "wrong-passphrase",
  "file-damaged",
  "file-exists",
  "file-unreadable",
  "locked",
  "verification-mismatch",
  "verification-other",
  // spaces and messages
  "not-allowed",
  "read-only",
  "already-member",
  "no-longer-member",
  "not-fresh",
  "slow-mode",
  // invites and joining
  "invite-garbled",
  "invite-expired",
  "invite-used-up",
  "invite-revoked",
  "invite-unknown",
  "approval-needed",
  "no-member-reachable",
  "version-mismatch",
  // this machine
  "device-stopped",
  "disk-full",
  "database-damaged",
  "keys-missing",
  "database-newer",
  "data-folder-in-use",
  "port-in-use",
  "not-running",
  "timeout",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export interface ApiError {
  code: ErrorCode;
  /** What happened, why, and what to do. Never holds a secret. */
  message: string;
}
