import type { Channel, Space } from "@multichat/client/contract";
import { LockKeyhole } from "lucide-react";
import { t } from "../i18n/messages.ts";
import { spanText, timeLeft } from "../i18n/spans.ts";
import { useAppState } from "../state/context.tsx";
import type { Writing } from "./use-writing.ts";

/** Who may read what is being written and, when nobody is in reach, what happens to it. */
export function ComposerHint({
  id,
  space,
  channel,
  writing,
}: {
  id: string;
  space: Space;
  channel: Channel;
  writing: Writing & { open: true };
}) {
  const link = useAppState((s) => s.link);
  const offline = useAppState(
    (s) => s.status?.problems.some(({ code }) => code === "offline") ?? false,
  );
  const { connected, of } = space.connection;
  const away = link !== "open";
  const unreachable = !away && of > 0 && (offline || connected === 0);
  return (
    <p id={id} className="flex min-h-4 items-start gap-1.5 text-12 text-quiet">
      <LockKeyhole aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
      <span>
        {writing.from !== null && (
          <strong className="font-medium text-warn-text">
            {t("composer.slowWait", { left: timeLeft(writing.from, writing.now) })}{" "}
          </strong>
        )}
        {t("composer.whoReads", { count: space.members })}
        {channel.retention > 0 && ` ${t("retention.after", { span: spanText(channel.retention) })}`}
        {channel.slow > 0 && ` ${t("composer.slow", { span: spanText(channel.slow) })}`}
        {away && ` ${t("composer.away")}`}
        {unreachable && ` ${t("composer.offline")}`}
      </span>
    </p>
  );
}
