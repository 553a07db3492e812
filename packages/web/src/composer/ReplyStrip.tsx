import type { Message } from "@multichat/client/contract";
import { Reply, X } from "lucide-react";
import { IconButton } from "../design/IconButton.tsx";
import { t } from "../i18n/messages.ts";
import { authorName } from "../state/author-name.ts";
import { plainText } from "../state/plain-text.ts";

/** Which message is answered. */
export function ReplyStrip({ message, onDrop }: { message: Message; onDrop(): void }) {
  const text = plainText(message);
  return (
    <div className="flex items-center gap-2 border-b border-line ps-3.5 pe-1 text-13 text-quiet">
      <Reply aria-hidden="true" className="size-3.5 shrink-0" />
      <p className="min-w-0 flex-1 truncate" title={text}>
        {t("composer.replyTo", { name: authorName(message) })}{" "}
        <bdi className="text-text">{text}</bdi>
      </p>
      <IconButton label={t("composer.replyDrop")} icon={<X />} onClick={onDrop} />
    </div>
  );
}
