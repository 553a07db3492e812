import type { Channel, RetentionChange, Space } from "@multichat/client/contract";
import { t } from "../i18n/messages.ts";
import { spanText } from "../i18n/spans.ts";

/** How long messages of a channel stay, and who said so: whatever a member has to know of it, in a sentence or two. */
export function retentionText(
  channel: Pick<Channel, "retention" | "retentionChanges">,
  space: Pick<Space, "kind">,
): string {
  if (channel.retention === 0) return t("retention.stay");
  const own = lastOf(channel.retentionChanges, "channel");
  const policy = lastOf(channel.retentionChanges, "space");
  const span = spanText(channel.retention);
  if (own?.seconds === channel.retention) {
    const said = own.by
      ? t("retention.own", { span, name: own.by.name })
      : t("retention.after", { span });
    return policy && policy.seconds > own.seconds
      ? `${said} ${t("retention.policyIs", { span: spanText(policy.seconds) })}`
      : said;
  }
  if (space.kind !== "team" && !policy) return t("retention.after", { span });
  const said = policy?.by
    ? t("retention.policy", { span, name: policy.by.name })
    : t("retention.policyNobody", { span });
  return own && own.seconds > 0
    ? `${said} ${t("retention.ownLonger", { span: spanText(own.seconds) })}`
    : said;
}

/** What a channel says for itself, whatever its workspace says. */
export function ownRetention({ retentionChanges }: Pick<Channel, "retentionChanges">): number {
  return lastOf(retentionChanges, "channel")?.seconds ?? 0;
}

/** A change as a line between messages. */
export function changeText({ of, seconds, by }: RetentionChange): string {
  const name = by?.name ?? t("deed.somebody");
  return seconds === 0
    ? t(`retention.line.${of}End`, { name })
    : t(`retention.line.${of}`, { name, span: spanText(seconds) });
}

function lastOf(
  changes: readonly RetentionChange[],
  of: RetentionChange["of"],
): RetentionChange | undefined {
  return changes.findLast((change) => change.of === of);
}
