/** What decided whether somebody is told of something, in words. */
import type { NotificationDecision, NotificationReason } from "@multichat/client/contract";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";

/** Later than this is without end. */
export const endless = 2 ** 47 - 1;

export function untilText(until: number | null): string {
  return until === null || until >= endless ? t("notify.forGood") : t("notify.until", { time: dayAndTime(until) });
}

export function reasonText(reason: NotificationReason): string {
  switch (reason.why) {
    case "muted":
      return t(`notify.muted.${reason.of}`, { until: untilText(reason.until) });
    case "level":
      return t("notify.levelOf", { place: t(`notify.place.${reason.of}`), level: t(`notify.level.${reason.level}`) });
    case "everyone":
      return t("notify.everyoneOff", { place: t(`notify.place.${reason.of}`) });
    case "switched-off":
      return t(`notify.off.${reason.what}`);
    case "quiet":
      return t(`notify.quiet.${reason.of}`, { until: untilText(reason.until) });
    case "told":
      return t(reason.anyway ? "notify.anyway" : "notify.nothingAgainst");
    default:
      return t(`notify.never.${reason.why}`);
  }
}

export function decisionText({ how, cause, keyword, reason }: NotificationDecision): { title: string; lines: string[] } {
  const lines = cause === null ? [] : [t(`notify.cause.${cause}`, { keyword: keyword ?? "" })];
  return { title: t(`notify.how.${how}`), lines: [...lines, reasonText(reason)] };
}
