import type { Message, Reaction } from "@multichat/client/contract";
import { SmilePlus } from "lucide-react";
import { IconButton } from "../design/IconButton.tsx";
import { useReason } from "../design/use-reason.tsx";
import { openPicker } from "../emoji/picker-state.ts";
import { namesOf } from "../i18n/lists.ts";
import { formatLocale, t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { react } from "../state/message-deeds.ts";
import { whyNot } from "../state/permissions.ts";

/** Beneath a text: who reacted with what. A press joins in or takes it back. */
export function Reactions({ message }: { message: Message }) {
  return message.reactions.length > 0 && <Chips message={message} />;
}

function Chips({ message }: { message: Message }) {
  const app = useApp();
  const why = useAppState((s) => s.spaces[message.space]?.readOnly ?? whyNot(s.channels[message.channel] ?? { permissions: [] }, "react"));
  return (
    <div role="group" aria-label={t("reactions.label")} className="mt-1 flex flex-wrap items-center gap-1">
      {message.reactions.map((reaction) => (
        <Chip key={reaction.emoji} reaction={reaction} why={why} onToggle={() => void react(app, message, reaction.emoji, !reaction.own)} />
      ))}
      <IconButton
        label={t("message.react")}
        icon={<SmilePlus />}
        why={why}
        tabIndex={-1}
        className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
        onClick={(event) => openPicker(app, event.currentTarget, (emoji) => void react(app, message, emoji, true))}
      />
    </div>
  );
}

function Chip({ reaction: { emoji, count: number, people, own }, why, onToggle }: { reaction: Reaction; why: string | null; onToggle(): void }) {
  const { guard, reason } = useReason(why);
  const count = new Intl.NumberFormat(formatLocale()).format(number);
  const who = t("reactions.who", { emoji, count, names: namesOf(people, number) });
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        aria-pressed={own}
        aria-label={who}
        title={who}
        onClick={onToggle}
        className={`tap inline-flex min-h-7 items-center gap-1.5 rounded-full border px-2 text-13 tabular-nums pointer-coarse:min-h-9 ${own ? "border-accent bg-accent-wash font-medium text-accent-text" : "border-line bg-sunken text-quiet hover:border-control"}`}
        {...guard}
      >
        <span aria-hidden="true" className="text-15">
          {emoji}
        </span>
        {count}
      </button>
      {reason}
    </>
  );
}
