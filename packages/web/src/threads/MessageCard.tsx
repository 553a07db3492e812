import type { Message } from "@multichat/client/contract";
import type { ReactNode } from "react";
import { MessageBody } from "../conversation/MessageBody.tsx";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { authorName } from "../state/author-name.ts";
import { useApp } from "../state/context.tsx";
import { jumpToMessage } from "../state/jump.ts";
import { Button } from "../design/Button.tsx";
import { AuthorAvatar } from "../trust/AuthorAvatar.tsx";

interface Props {
  message: Message;
  /** Where it is, if that does not go without saying. */
  place?: string;
  /** Beside the way to it. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** A message away from its channel, and the way to it. */
export function MessageCard({ message, place, actions, children }: Props) {
  const app = useApp();
  return (
    <article className="rounded-m border border-line bg-surface p-3">
      <header className="mb-1 flex items-center gap-2">
        <AuthorAvatar message={message} size="s" />
        <p className="min-w-0 flex-1 text-13 wrap-anywhere">
          <bdi className="font-bold">{authorName(message)}</bdi>{" "}
          <span className="text-12 text-quiet tabular-nums">
            {place && (
              <>
                <bdi>{place}</bdi> ·{" "}
              </>
            )}
            {dayAndTime(message.time)}
          </span>
        </p>
      </header>
      <MessageBody message={message} />
      {children}
      <footer className="mt-2 flex flex-wrap gap-2">
        <Button onClick={() => void jumpToMessage(app, message)}>{t("message.goTo")}</Button>
        {actions}
      </footer>
    </article>
  );
}
