/** Removing, restricting, deleting, reporting, and the record of who did what (spec/local-api.md). */
import type { AuditDeed, VoidReason } from "./audit.ts";
import type { Id, Member, Message, Person } from "./model.ts";

/** A restriction in force: who decided it and when it ends. */
export interface Restriction {
  /** Null: the root keys. */
  by: Person | null;
  at: number;
  /** 0 = until it is lifted. */
  until: number;
}

/** How this account's membership ended, where others ended it. */
export interface Removal extends Restriction {
  how: "removed" | "banned";
}

export interface Departed {
  person: Person;
  how: "left" | "removed" | "banned";
  by: Person | null;
  at: number;
  until: number;
}

export const auditKinds = [
  "space", "role", "grant", "revoke", "remove", "ban", "unban", "leave", "mute", "lock", "slow", "override",
  "channel", "invite", "join", "device", "delete", "adopt", "policy",
] as const;
export type AuditKind = (typeof auditKinds)[number];

/** Who did what to whom and when: one control event, or the deleting of another's message. */
export interface AuditEntry {
  id: Id;
  kind: AuditKind;
  /** Null: the root keys. */
  by: Person | null;
  of: Person | null;
  at: number;
  /** What was done; `text` says it in English, without its subject: "muted Bob until …". */
  deed: AuditDeed;
  text: string;
  channel: Id | null;
  role: Id | null;
  /** Why it is without effect, or null; and in English. */
  voidReason: VoidReason | null;
  void: string | null;
  position: string;
}

export interface Report {
  id: string;
  message: Message;
  by: Person;
  at: number;
  reason: string;
  resolved: { by: Person; at: number } | null;
}

/** Somebody who proved an invite and waits to be let in. */
export interface JoinRequest {
  id: Id;
  person: Person;
  invite: Id;
  role: string;
  invitedBy: Person;
  at: number;
  /** This node has a link to them, so that approving lets them in at once. */
  connected: boolean;
}

/** What a removal made void, and may be kept. */
export interface VoidedEntry extends AuditEntry {
  /** The removal, ban, revocation or change of a role that did it. */
  cause: Id;
  /** What the cause was; `causeText` says it in English, with its subject. */
  causeDeed: AuditDeed;
  causeBy: Person | null;
  causeOf: Person | null;
  causeText: string;
  /** This account may keep it. */
  adoptable: boolean;
}

/** What cleaning up would do, or did. */
export interface CleanUp {
  accounts: Person[];
  messages: number;
  channels: number;
  /** Members that are spared because they are not junior. */
  spared: Person[];
}

/** Who is banned, and what is deleted of what they wrote from `since` on (ms). */
export interface CleanUpParams {
  space: Id;
  /** These accounts; or all who came in by one invite. */
  accounts?: Id[];
  invite?: Id;
  since: number;
}

/** `override`: though this node has not heard from others lately (`not-fresh`). */
export interface Removing {
  space: Id;
  account: Id;
  override?: boolean;
}

export interface ModerationCommands {
  "member.kick": [Removing, Record<string, never>];
  /** `until` 0 or absent: for good. Somebody who is no member may be banned too. */
  "member.ban": [Removing & { until?: number }, Record<string, never>];
  "member.unban": [{ space: Id; account: Id }, Record<string, never>];
  "member.mute": [{ space: Id; account: Id; on: boolean; until?: number }, { member: Member }];
  /** Members muted; who left, was removed or is banned. */
  "restriction.list": [
    { space: Id },
    { muted: (Restriction & { person: Person })[]; departed: Departed[] },
  ];
  /** How long this node has not heard from other members, and what removing somebody would make void for all. */
  "removal.preview": [
    { space: Id; account: Id },
    { fresh: boolean; heardAt: number | null; text: string },
  ];

  /** Newest first; the audit log needs `view-audit-log`. */
  "audit.list": [
    { space: Id; kind?: AuditKind; by?: Id; of?: Id; before?: string; limit?: number },
    { entries: AuditEntry[]; hasOlder: boolean },
  ];

  "report.create": [{ message: Id; reason: string }, Record<string, never>];
  /** Open ones first. Needs `manage-messages`. */
  "report.list": [{ space: Id }, { reports: Report[] }];
  "report.resolve": [{ space: Id; report: string }, { reports: Report[] }];

  /** An own message, or with `manage-messages` one of somebody junior. */
  "message.delete": [{ message: Id }, { message: Message }];

  "moderation.preview": [CleanUpParams, { cleanUp: CleanUp }];
  "moderation.cleanup": [CleanUpParams & { override?: boolean }, { cleanUp: CleanUp }];

  /** What removals made void, newest first. */
  "moderation.voided": [{ space: Id; cause?: Id }, { entries: VoidedEntry[] }];
  "moderation.adopt": [{ space: Id; cause: Id; events: Id[] }, { entries: VoidedEntry[] }];

  "join.requests": [{ space: Id }, { requests: JoinRequest[] }];
  "join.approve": [{ space: Id; request: Id }, { requests: JoinRequest[] }];
  /** They are told; the same link asks again only after an `approve` by somebody else. */
  "join.deny": [{ space: Id; request: Id; override?: boolean }, { requests: JoinRequest[] }];
}

export interface ModerationPushes {
  /** Mutes, bans, or who left: list them again. */
  restrictions: { space: Id };
  /** More in the audit log. Only where this account may read it. */
  audit: { space: Id };
  /** Reports that nobody has resolved. Only where this account may read them. */
  reports: { space: Id; open: number };
  /** Requests to join that wait. Only where this account may decide them. */
  "join-requests": { space: Id; waiting: number };
}

