import type { AuditDeed, VoidReason } from "@multichat/client/contract";
import { dayAndTime } from "../i18n/dates.ts";
import { t, type MessageId } from "../i18n/messages.ts";
import { spanText } from "../i18n/spans.ts";
import { permissionText } from "../roles/permission-list.ts";

/**
 * What somebody did, as one sentence.
 *
 * @param by the name of who did it
 * @param of to whom; null where nobody is named
 */
export function deedText(deed: AuditDeed, by: string, of: string | null): string {
  const role = "role" in deed && deed.role ? t("deed.theRole", { role: deed.role }) : t("deed.aRole");
  const channel = "channel" in deed && deed.channel ? `#${deed.channel}` : t("deed.aChannel");
  const names = { by, of: of ?? t("deed.somebody"), role, channel };
  switch (deed.did) {
    case "ban":
    case "mute":
      return deed.until === 0 ? t(`deed.${deed.did}`, names) : t(`deed.${deed.did}Until`, { ...names, until: dayAndTime(deed.until) });
    case "slow":
      return deed.seconds === 0 ? t("deed.slowEnd", names) : t("deed.slow", { ...names, span: spanText(deed.seconds) });
    case "override":
      return t(deed.allow.length + deed.deny.length === 0 ? `deed.overrideEnd.${deed.subject}` : `deed.override.${deed.subject}`, names);
    case "set-channel":
      if (deed.key !== "retention") return t(`deed.set-channel.${deed.key}`, { ...names, value: deed.value });
      return Number(deed.value) === 0 ? t("deed.retentionEnd", names) : t("deed.retention", { ...names, span: spanText(Number(deed.value)) });
    case "set-policy":
      if (deed.key === "retention" && Number(deed.value) > 0) return t("deed.policyRetention", { ...names, span: spanText(Number(deed.value)) });
      return t(policyText(deed.key, deed.value), { ...names, key: deed.key, value: deed.value });
    case "adopt":
      return t("deed.adopt", { ...names, count: deed.count });
    default:
      return t(`deed.${deed.did}`, names);
  }
}

/** What the sentence leaves out: which permissions, which name. */
export function deedDetails(deed: AuditDeed): string[] {
  if (deed.did === "override") return [...permissions("deed.allowed", deed.allow), ...permissions("deed.denied", deed.deny)];
  if (deed.did !== "change-role") return [];
  const named = deed.name === null ? [] : [t("deed.named", { name: deed.name })];
  const coloured = deed.colour === null ? [] : [t("deed.coloured")];
  return [...named, ...coloured, ...permissions("deed.added", deed.on), ...permissions("deed.taken", deed.off)];
}

export function voidText(reason: VoidReason): string {
  return t("audit.void", { why: t(`void.${reason}`) });
}

function permissions(id: MessageId, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [t(id, { permissions: names.map(permissionText).join(", ") })];
}

function policyText(key: string, value: string | number): MessageId {
  if (key === "name") return "deed.set-policy.name";
  if (key === "admission") return value === "approve" ? "deed.set-policy.approve" : "deed.set-policy.open";
  if (key === "history") return value === "join" ? "deed.set-policy.historyJoin" : "deed.set-policy.historyAll";
  if (key === "retention") return "deed.policyRetentionEnd";
  return "deed.set-policy.other";
}
