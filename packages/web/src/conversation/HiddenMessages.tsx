import type { Message } from "@multichat/client/contract";
import { EyeOff } from "lucide-react";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { unhiddenKey } from "./fold-blocked.ts";

interface Props {
  /** The first of them. */
  message: Message;
  count: number;
  index: number;
  of: number;
}

/** In place of what somebody blocked has written: that it is there, and a way to look. */
export function HiddenMessages({ message, count, index, of }: Props) {
  const app = useApp();
  const text = t("messages.hidden", { count, name: message.author.name });
  return (
    <article
      data-row={index}
      tabIndex={-1}
      aria-label={text}
      aria-posinset={index + 1}
      aria-setsize={of}
      className="flex min-h-8 items-center gap-3 px-5 text-13 text-quiet focus-visible:-outline-offset-2 max-two:px-3"
    >
      <span className="grid w-9 shrink-0 place-items-center">
        <EyeOff aria-hidden="true" className="size-4" />
      </span>
      <span className="min-w-0 wrap-anywhere">{text}</span>
      <span data-actions>
        <button
          type="button"
          tabIndex={-1}
          onClick={() => app.store.setState((s) => ({ unhidden: { ...s.unhidden, [unhiddenKey(message)]: true } }))}
          className="min-h-8 rounded-s px-2 font-medium text-accent-text hover:underline pointer-coarse:min-h-11"
        >
          {t("messages.showHidden")}
        </button>
      </span>
    </article>
  );
}
