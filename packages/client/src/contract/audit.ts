/** What the audit log says somebody did, for interfaces to put into their own words (spec/local-api.md). */

/**
 * One deed. Who did it, and to whom, stands in the entry (`by`, `of`). Names of roles and channels are those they have
 * now; null where they are not known any more. `until`: 0 = no end.
 */
export type AuditDeed =
  | { did: "create-space" | "replace-root-keys" | "name-successors" | "leave" | "ask-to-join" | "admit" | "add-device" | "take-out-device" }
  | { did: "remove" | "deny" | "remove-as-above" | "unban" | "unmute" | "revoke-invite" | "delete-message" }
  | { did: "ban" | "mute"; until: number }
  | { did: "create-role" | "give-role" | "take-role" | "make-invite"; role: string | null }
  /** `name` and `colour`: what they became, or null. */
  | { did: "change-role"; role: string | null; on: string[]; off: string[]; name: string | null; colour: string | null }
  | { did: "create-channel" | "archive" | "unarchive" | "lock" | "unlock"; channel: string | null }
  | { did: "set-channel"; channel: string | null; key: "name" | "topic" | "type" | "retention"; value: string }
  /** 0 = slow mode ended. */
  | { did: "slow"; channel: string | null; seconds: number }
  /** To whom: everyone, a role, or the entry's `of`. Both lists empty: nothing special any more. */
  | { did: "override"; channel: string | null; subject: "everyone" | "role" | "account"; role: string | null; allow: string[]; deny: string[] }
  | { did: "adopt"; count: number }
  | { did: "set-policy"; key: string; value: string | number };

/** Why something in the control log is without effect, as far as people care; `rules`: anything else the rules forbid. */
export const voidReasons = ["author-removed", "role-withdrawn", "not-permitted", "not-junior", "not-member", "device-gone", "muted", "channel-closed", "invite-revoked", "banned", "rules"] as const;
export type VoidReason = (typeof voidReasons)[number];
