import type { Channel, Space } from "@multichat/client/contract";
import { Timer } from "lucide-react";
import { t } from "../i18n/messages.ts";
import { spanText } from "../i18n/spans.ts";
import { retentionText } from "./retention-text.ts";

/** In a channel's header, where its messages disappear: after how long. */
export function RetentionMark({
  space,
  channel,
  onOpen,
}: {
  space: Space;
  channel: Channel;
  onOpen(): void;
}) {
  if (channel.retention === 0) return null;
  const span = spanText(channel.retention);
  return (
    <button
      type="button"
      title={retentionText(channel, space)}
      onClick={onOpen}
      className="inline-flex min-h-8 shrink-0 items-center gap-1 rounded-s px-2 text-13 text-quiet tabular-nums hover:bg-hover hover:text-text pointer-coarse:min-h-11"
    >
      <Timer aria-hidden="true" className="size-4" />
      <span className="sr-only">{t("retention.after", { span })}</span>
      <span aria-hidden="true">{span}</span>
    </button>
  );
}
