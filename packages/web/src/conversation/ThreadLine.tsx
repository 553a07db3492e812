import type { Message, ThreadSummary } from "@multichat/client/contract";
import { useNow } from "../design/use-now.ts";
import { clockTime, dayName, startOfDay } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { threadPane } from "../state/address.ts";
import { useApp } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { PersonAvatar } from "../trust/PersonAvatar.tsx";

/** Beneath a message on which a thread hangs: who wrote in it last, how much, and the way into it. */
export function ThreadLine({ message, summary }: { message: Message; summary: ThreadSummary }) {
  const app = useApp();
  const { replies, unread, lastAt, people } = summary;
  const now = useNow(60_000);
  const last = startOfDay(lastAt) === startOfDay(now) ? clockTime(lastAt) : dayName(lastAt, now);
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={() => navigate(app, { at: "space", space: message.space, channel: message.channel, pane: threadPane(message.id) })}
      className="mt-1 flex min-h-8 max-w-full items-center gap-2 rounded-s pe-2 text-start text-13 hover:bg-pressed pointer-coarse:min-h-11"
    >
      <span aria-hidden="true" className="flex shrink-0 -space-x-1.5">
        {people.map((person) => (
          <span key={person.id} className="rounded-full ring-2 ring-surface">
            <PersonAvatar person={person} space={message.space} size="s" />
          </span>
        ))}
      </span>
      <span className={`shrink-0 text-accent-text ${unread > 0 ? "font-bold" : "font-medium"}`}>{t("thread.replies", { count: replies })}</span>
      <span className="min-w-0 truncate text-quiet">{t("thread.last", { time: last })}</span>
      {unread > 0 && (
        <span className="shrink-0 rounded-full bg-accent px-1.5 text-12 font-bold text-on-accent tabular-nums">
          <span aria-hidden="true">{unread}</span>
          <span className="sr-only">{t("sidebar.unreadCount", { count: unread })}</span>
        </span>
      )}
    </button>
  );
}
