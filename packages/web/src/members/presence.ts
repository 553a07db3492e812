import type { Member } from "@multichat/client/contract";
import { relativeTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";

/** Whether a member is in reach, or when they last were. */
export function presence(member: Member, now: number): string {
  if (member.you) return t("members.thisDevice", { count: member.devices });
  if (member.connected) return t("members.connected", { count: member.devices });
  if (member.lastSeen === null) return t("members.neverSeen");
  return t("members.lastSeen", { when: relativeTime(member.lastSeen, now) });
}
