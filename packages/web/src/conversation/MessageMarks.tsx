import type { Message } from "@multichat/client/contract";
import { Bookmark, Forward, MessageSquareText, Pin } from "lucide-react";
import type { ReactNode } from "react";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { threadPane } from "../state/address.ts";
import { useApp } from "../state/context.tsx";
import { navigate } from "../state/route.ts";

/** Above a text: what has been done with it, and whose it is if not of who sent it. */
export function MessageMarks({ message, inThread }: { message: Message; inThread: boolean }) {
  const app = useApp();
  const { pinned, saved, forwarded, thread, also } = message;
  if (!pinned && !saved && !forwarded && !thread) return null;
  return (
    <div className="flex flex-wrap gap-x-3 text-12 text-quiet empty:hidden">
      {pinned && <Mark icon={<Pin />}>{t("message.pinnedBy", { name: pinned.by.name })}</Mark>}
      {saved && <Mark icon={<Bookmark className="fill-current" />}>{t("message.isSaved")}</Mark>}
      {forwarded && (
        <Mark icon={<Forward />}>{t("message.forwardedFrom", { name: forwarded.by.name, when: dayAndTime(forwarded.at) })}</Mark>
      )}
      {thread && !inThread && (
        <button
          type="button"
          tabIndex={-1}
          onClick={() => navigate(app, { at: "space", space: message.space, channel: message.channel, pane: threadPane(thread) })}
          className="tap min-h-6 rounded-s hover:text-text hover:underline"
        >
          <Mark icon={<MessageSquareText />}>{t("thread.repliedIn")}</Mark>
        </button>
      )}
      {also && inThread && <Mark icon={<MessageSquareText />}>{t("thread.alsoThere")}</Mark>}
    </div>
  );
}

function Mark({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5 wrap-anywhere [&_svg]:size-3 [&_svg]:shrink-0">
      {icon}
      <span>{children}</span>
    </span>
  );
}
