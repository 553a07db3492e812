import type { Device } from "@multichat/client/contract";
import { relativeTime, shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";

/** Where a device is, or when it last was. */
export function deviceText(device: Device, now: number): string {
  if (device.revoked) {
    const date = shortDate(device.revoked.at);
    return t(`device.revoked.${device.revoked.reason}`, { date });
  }
  const added = device.addedAt > 0 ? t("device.added", { date: shortDate(device.addedAt) }) : "";
  if (device.this) return added;
  const seen = device.connected ? t("device.connected") : device.lastSeen === null ? t("device.neverSeen") : t("members.lastSeen", { when: relativeTime(device.lastSeen, now) });
  return [seen, added].filter(Boolean).join(" · ");
}
