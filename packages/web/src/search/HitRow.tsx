import type { Hit } from "@multichat/client/contract";
import { Pin } from "lucide-react";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { authorName } from "../state/author-name.ts";
import { useAppState } from "../state/context.tsx";
import { peopleNames } from "../state/places.ts";
import { AuthorAvatar } from "../trust/AuthorAvatar.tsx";
import { FoundFiles } from "./FoundFiles.tsx";
import { Snippet } from "./Snippet.tsx";

/** One message that was found: by whom, where and when, and the words around. */
export function HitRow({ hit }: { hit: Hit }) {
  const { message } = hit;
  const space = useAppState((s) => s.spaces[message.space]);
  const place =
    space?.kind === "direct" ? peopleNames(space) : `#${hit.channelName} · ${hit.spaceName}`;
  return (
    <span className="flex w-full gap-3 py-1.5">
      <AuthorAvatar message={message} />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="font-bold text-text">{authorName(message)}</bdi>
          <span dir="auto" className="min-w-0 truncate text-12 text-quiet">
            {[place, ...(message.thread ? [t("search.inThread")] : [])].join(" · ")}
          </span>
          <time
            dateTime={new Date(message.time).toISOString()}
            className="ms-auto text-12 text-quiet tabular-nums"
          >
            {dayAndTime(message.time)}
          </time>
          {message.pinned && (
            <Pin aria-label={t("search.pinned")} className="size-3 self-center text-quiet" />
          )}
        </span>
        {message.title && (
          <span className="block font-medium text-text wrap-anywhere">{message.title}</span>
        )}
        <span className="block text-text">
          <Snippet snippet={hit.snippet} ranges={hit.ranges} />
        </span>
        <FoundFiles files={hit.files} />
      </span>
    </span>
  );
}
