import type { Message } from "@multichat/client/contract";
import { Timer } from "lucide-react";
import { useNow } from "../design/use-now.ts";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { timeLeft } from "../i18n/spans.ts";
import { useApp } from "../state/context.tsx";
import { openSheet } from "../state/store.ts";

const minute = 60_000;
const second = 1_000;

/** Beneath a text: that it was changed, and when it disappears. */
export function MessageFoot({ message }: { message: Message }) {
  if (message.edited === null && message.expires === null) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-12 text-quiet">
      {message.edited !== null && <Edited message={message} at={message.edited} />}
      {message.expires !== null && <Expiry at={message.expires} />}
    </p>
  );
}

function Edited({ message, at }: { message: Message; at: number }) {
  const app = useApp();
  return (
    <button
      type="button"
      tabIndex={-1}
      title={t("message.editedAt", { when: dayAndTime(at) })}
      onClick={() => openSheet(app, { kind: "history", message })}
      className="tap min-h-6 rounded-s hover:text-text hover:underline"
    >
      {t("message.edited")}
    </button>
  );
}

function Expiry({ at }: { at: number }) {
  // Once a minute is enough until the last one.
  const slow = useNow(minute);
  const soon = at - slow < 2 * minute;
  return soon ? <LastMinute at={at} /> : <Left at={at} now={slow} />;
}

function LastMinute({ at }: { at: number }) {
  return <Left at={at} now={useNow(second)} />;
}

function Left({ at, now }: { at: number; now: number }) {
  return (
    <span role="timer" title={dayAndTime(at)} className="inline-flex items-center gap-1 tabular-nums">
      <Timer aria-hidden="true" className="size-3" />
      {t("message.expires", { left: timeLeft(at, now) })}
    </span>
  );
}
