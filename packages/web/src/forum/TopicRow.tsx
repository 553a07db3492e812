import type { Message } from "@multichat/client/contract";
import { MessageSquareText } from "lucide-react";
import { useNow } from "../design/use-now.ts";
import { fullTime, relativeTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { authorName } from "../state/author-name.ts";
import { formatRoute, threadPane, type Route } from "../state/address.ts";
import { useApp } from "../state/context.tsx";
import { plainText } from "../state/plain-text.ts";
import { navigate } from "../state/route.ts";
import { PersonAvatar } from "../trust/PersonAvatar.tsx";
import { lastAt, titleOf } from "./topics.ts";

/** A topic: what it is called, how it begins, its tags, and how much was said when last. */
export function TopicRow({ topic, onTag }: { topic: Message; onTag(tag: string): void }) {
  const app = useApp();
  const now = useNow();
  const unread = topic.replies?.unread ?? 0;
  const route: Route = {
    at: "space",
    space: topic.space,
    channel: topic.channel,
    pane: threadPane(topic.id),
  };
  return (
    <li className="flex gap-3 p-3 hover:bg-hover">
      <PersonAvatar person={topic.author} space={topic.space} />
      <div className="min-w-0 flex-1">
        <a
          href={formatRoute(route)}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            navigate(app, route);
          }}
          className={`block rounded-s wrap-anywhere hover:underline ${unread > 0 ? "font-bold" : "font-medium"}`}
          dir="auto"
        >
          {topic.deleted ? t("forum.deleted") : titleOf(topic)}
        </a>
        {topic.title !== null && !topic.deleted && (
          <p className="truncate text-13 text-quiet" dir="auto">
            {plainText(topic)}
          </p>
        )}
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-12 text-quiet">
          <bdi>{authorName(topic)}</bdi>
          <span className="inline-flex items-center gap-1 tabular-nums">
            <MessageSquareText aria-hidden="true" className="size-3" />
            {t("forum.replies", { count: topic.replies?.replies ?? 0 })}
          </span>
          {unread > 0 && (
            <span className="font-bold text-accent-text">
              {t("forum.unread", { count: unread })}
            </span>
          )}
          <time dateTime={new Date(lastAt(topic)).toISOString()} title={fullTime(lastAt(topic))}>
            {relativeTime(lastAt(topic), now)}
          </time>
          {topic.tags.map((tag) => (
            <button
              key={tag}
              type="button"
              onClick={() => onTag(tag)}
              className="tap min-h-6 rounded-full border border-line px-2 hover:bg-hover"
            >
              {tag}
            </button>
          ))}
        </p>
      </div>
    </li>
  );
}
