import type { Message } from "@multichat/client/contract";
import { AtSign, Check } from "lucide-react";
import { MessageBody } from "../conversation/MessageBody.tsx";
import { Button } from "../design/Button.tsx";
import { Problem } from "../design/Problem.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { useTask } from "../design/use-task.ts";
import { useUnexpired } from "../expiry/use-unexpired.ts";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { authorName } from "../state/author-name.ts";
import { threadPane } from "../state/address.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { jumpToMessage } from "../state/jump.ts";
import { placeName } from "../state/places.ts";
import { plainText } from "../state/plain-text.ts";
import { navigate } from "../state/route.ts";
import { AuthorAvatar } from "../trust/AuthorAvatar.tsx";
import { markPlaceRead, useUnread, type UnreadPlace } from "./use-unread.ts";

/** What is unread in one channel or thread. */
export function UnreadSection({ place, onRead }: { place: UnreadPlace; onRead(): void }) {
  const app = useApp();
  const { channel, root, unread, mentions } = place;
  const space = useAppState((s) => s.spaces[channel.space]);
  const found = useUnread(place);
  const { problem } = found;
  const messages = useUnexpired(found.messages ?? undefined, (message) => message);
  const mark = useTask(async () => {
    await markPlaceRead(app, place);
    onRead();
  });
  const name = `#${space ? placeName(space, channel) : channel.name}`;
  const title = root
    ? t("catchUp.thread", { channel: name, text: plainText(root).slice(0, 60) })
    : name;
  const open = () => {
    const first = messages?.[0];
    if (first) void jumpToMessage(app, first);
    else
      navigate(app, {
        at: "space",
        space: channel.space,
        channel: channel.id,
        pane: root ? threadPane(root.id) : null,
      });
  };
  const rest = messages ? unread - messages.length : 0;
  return (
    <section aria-label={title} className="rounded-m border border-line bg-surface">
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        <h2 dir="auto" className="min-w-0 flex-1 basis-40 truncate font-bold" title={title}>
          <bdi>{title}</bdi>
        </h2>
        <span className="text-13 text-quiet tabular-nums">
          {t("catchUp.count", { count: unread })}
        </span>
        {mentions > 0 && (
          <span className="text-13 font-bold text-accent-text">
            {t("catchUp.mentions", { count: mentions })}
          </span>
        )}
        <span className="ms-auto flex flex-wrap justify-end gap-2">
          <Button onClick={open}>{t("catchUp.open")}</Button>
          <Button disabled={mark.busy} onClick={() => void mark.start()}>
            <Check aria-hidden="true" className="size-4" />
            {t("catchUp.mark")}
          </Button>
        </span>
      </header>
      <Problem text={problem ?? mark.problem} />
      {!messages && !problem && <Skeleton className="m-3 h-16" />}
      <ul className="divide-y divide-line">
        {messages?.map((message) => (
          <UnreadMessage key={message.id} message={message} />
        ))}
      </ul>
      {rest > 0 && (
        <p className="px-3 py-2 text-13 text-quiet">{t("catchUp.more", { count: rest })}</p>
      )}
    </section>
  );
}

function UnreadMessage({ message }: { message: Message }) {
  const app = useApp();
  if (message.blocked) return null;
  return (
    <li className={`px-3 py-2 ${message.mentionsYou ? "bg-accent-wash" : ""}`}>
      <p className="flex items-center gap-2 text-13">
        <AuthorAvatar message={message} size="s" />
        <bdi className="min-w-0 truncate font-bold">{authorName(message)}</bdi>
        {message.mentionsYou && (
          <AtSign
            aria-label={t("catchUp.callsYou")}
            className="size-3.5 shrink-0 text-accent-text"
          />
        )}
        <button
          type="button"
          title={t("message.goTo")}
          onClick={() => void jumpToMessage(app, message)}
          className="rounded-s text-12 text-quiet tabular-nums hover:underline"
        >
          {dayAndTime(message.time)}
        </button>
      </p>
      <MessageBody message={message} />
    </li>
  );
}
