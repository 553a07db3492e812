import type { Message } from "@multichat/client/contract";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { authorName } from "../state/author-name.ts";
import { plainText } from "../state/plain-text.ts";
import { readable } from "../state/readable.ts";

/** The message that something is about, in a few lines. */
export function MessageQuote({ message }: { message: Message }) {
  return (
    <blockquote className="rounded-m border border-line bg-sunken px-3.5 py-2.5">
      <p className="text-12 text-quiet">
        <bdi className="font-medium">{authorName(message)}</bdi> · {dayAndTime(message.time)}
      </p>
      <p dir="auto" className={`line-clamp-4 whitespace-pre-wrap wrap-anywhere ${message.text || message.files.length > 0 ? "" : "text-quiet italic"}`}>
        {readable(message) || plainText(message) || t(message.deleted ? "messages.noText" : "messages.wanted")}
      </p>
    </blockquote>
  );
}
