import type { Message, SendMore } from "@multichat/client/contract";
import { CircleAlert, CircleSlash, ClockAlert, History, PuzzleIcon } from "lucide-react";
import type { ReactNode } from "react";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { sendMessage } from "../state/sending.ts";

/** What a reader should know about this message besides its text. */
export function MessageNotes({ message }: { message: Message }) {
  const problem = useAppState((s) => (s.deedProblem?.message === message.id ? s.deedProblem.text : null));
  return (
    <>
      {problem && (
        <div role="alert">
          <Note icon={<CircleAlert />} bad>
            {problem}
          </Note>
        </div>
      )}
      {!message.known && <Note icon={<PuzzleIcon />}>{t("messages.unknownKind", { kind: message.kind })}</Note>}
      {message.late && <Note icon={<History />}>{t("messages.late")}</Note>}
      {message.wrongClock && <Note icon={<ClockAlert />}>{t("messages.wrongClock")}</Note>}
      {message.due !== null && <Note icon={<ClockAlert />}>{t("messages.sentLate", { when: dayAndTime(message.due) })}</Note>}
      {message.refused && (
        <Note icon={<CircleSlash />} bad>
          {t("messages.refused", { reason: message.refused })}{" "}
          <SendAgain message={message} />
        </Note>
      )}
    </>
  );
}

/** What was refused stays where it is; its text goes out once more, as a new message. */
function SendAgain({ message }: { message: Message }) {
  const app = useApp();
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={() => void sendMessage(app, message.channel, message.text, { more: answering(message) })}
      className="tap rounded-s px-1 font-medium text-accent-text underline"
    >
      {t("unsent.retry")}
    </button>
  );
}

function answering({ reply, thread, also }: Message): SendMore {
  return { ...(reply && { reply: reply.id }), ...(thread && { thread, ...(also && { also }) }) };
}

function Note({ icon, bad = false, children }: { icon: ReactNode; bad?: boolean; children: ReactNode }) {
  return (
    <p className={`mt-0.5 flex items-start gap-1.5 text-12 wrap-anywhere [&_svg]:mt-0.5 [&_svg]:size-3 [&_svg]:shrink-0 ${bad ? "text-bad-text" : "text-quiet"}`}>
      {icon}
      <span>{children}</span>
    </p>
  );
}
