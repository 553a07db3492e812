import type { Message } from "@multichat/client/contract";
import { Trash2 } from "lucide-react";
import { memo, useState } from "react";
import { fullTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { kindOf } from "../kinds/kinds.tsx";
import { KindView } from "../kinds/KindView.tsx";
import { Prose } from "../markdown/Prose.tsx";
import { MessageFiles } from "../files/MessageFiles.tsx";
import { isLong } from "./is-long.ts";

/** The text and the files beneath it. */
export const MessageBody = memo(function MessageBody({ message }: { message: Message }) {
  if (message.files.length === 0 || message.deleted || message.wanted) return <MessageText message={message} />;
  return (
    <>
      {(message.text || message.title) && <MessageText message={message} />}
      <MessageFiles message={message} />
    </>
  );
});

/** A long one is folded, by its length alone, so that nothing moves after it was drawn. */
function MessageText({ message }: { message: Message }) {
  const [open, setOpen] = useState(false);
  if (message.deleted) {
    const { by, at } = message.deleted;
    const who = by.id === message.author.id ? (message.own ? "own" : "author") : "other";
    return (
      <p className="flex items-baseline gap-1.5 text-quiet italic">
        <Trash2 aria-hidden="true" className="size-3.5 shrink-0 self-center" />
        <span title={fullTime(at)}>{t(`messages.deleted.${who}`, { name: by.name })}</span>
      </p>
    );
  }
  if (message.wanted) {
    return <p className="text-quiet italic">{t("messages.wanted")}</p>;
  }
  const kind = kindOf(message);
  if (kind) return <KindView kind={kind} message={message} />;
  const prose = <Prose text={message.text} mentions={message.mentions} space={message.space} />;
  const titled = message.title ? (
    <>
      <p className="text-17 font-bold wrap-anywhere" dir="auto">
        {message.title}
      </p>
      {prose}
    </>
  ) : (
    prose
  );
  if (!isLong(message.text)) return titled;
  return (
    <div>
      <div className={open ? "" : "max-h-72 overflow-hidden [mask-image:linear-gradient(black_70%,transparent)]"}>
        {titled}
      </div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="min-h-8 rounded-s pe-2 text-13 font-medium text-accent-text hover:underline pointer-coarse:min-h-11"
      >
        {t(open ? "messages.fold" : "messages.unfold")}
      </button>
    </div>
  );
}
