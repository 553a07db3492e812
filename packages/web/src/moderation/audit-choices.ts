import type { AuditKind } from "@multichat/client/contract";

/** What the audit log can be narrowed to, in the order in which it is looked for. */
export const auditChoices = [
  "remove",
  "ban",
  "unban",
  "mute",
  "delete",
  "join",
  "leave",
  "invite",
  "grant",
  "revoke",
  "role",
  "channel",
  "lock",
  "slow",
  "override",
  "adopt",
  "policy",
  "device",
  "space",
] as const satisfies readonly AuditKind[];
