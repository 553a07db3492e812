import type { Message, Quote } from "@multichat/client/contract";
import { t } from "../i18n/messages.ts";
import { wordsOf } from "../markdown/render.ts";
import { withoutSpoilers } from "../markdown/spoilers.ts";
import { useApp } from "../state/context.tsx";
import { jumpToMessage } from "../state/jump.ts";

/** Above an answer: what it answers, in one line that leads there. */
export function QuoteLine({ message, quote }: { message: Message; quote: Quote }) {
  const app = useApp();
  const here = quote.position !== null;
  const text =
    quote.text === null
      ? t(here ? "reply.gone" : "reply.notHere")
      : wordsOf(withoutSpoilers(quote.text, t("spoiler.covered")));
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-disabled={here ? undefined : true}
      onClick={() =>
        here &&
        void jumpToMessage(app, { space: message.space, channel: message.channel, id: quote.id })
      }
      className="tap mb-0.5 flex min-h-6 max-w-full items-center gap-1.5 rounded-s border-s-2 border-control ps-2 pe-1 text-start text-13 text-quiet enabled:hover:text-text"
    >
      <span className="sr-only">{t("reply.answers")} </span>
      {quote.author && (
        <bdi className="shrink-0 font-medium">{quote.imported ?? quote.author.name}</bdi>
      )}
      <bdi className={`min-w-0 truncate ${quote.text === null ? "italic" : ""}`}>{text}</bdi>
    </button>
  );
}
