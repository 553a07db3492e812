import type { Message, NotificationDecision } from "@multichat/client/contract";
import { useEffect, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { problemText } from "../i18n/problem-text.ts";
import { t } from "../i18n/messages.ts";
import { MessageQuote } from "../moderation/MessageQuote.tsx";
import { useApp } from "../state/context.tsx";
import { closeSheet, openSheet } from "../state/store.ts";
import { changeReason } from "./change-reason.ts";
import { decisionText } from "./reason-text.ts";

/** Why one was told of a message, or was not, and the way to change that. */
export function WhySheet({ message }: { message: Message }) {
  const app = useApp();
  const [decision, setDecision] = useState<NotificationDecision | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    app.client.call("notify.why", { message: message.id }).then(
      (answer) => setDecision(answer.decision),
      (error: unknown) => setProblem(problemText(error)),
    );
  }, [app, message.id]);
  const text = decision && decisionText(decision);
  const change = decision && changeReason(app, message, decision.reason);
  const channel = app.store.getState().channels[message.channel];
  return (
    <Dialog title={t("notify.why")} onClose={() => closeSheet(app)}>
      <MessageQuote message={message} />
      <Problem text={problem} />
      {text && (
        <div role="status" className="mt-4 space-y-1">
          <p className="font-medium">{text.title}</p>
          {text.lines.map((line) => (
            <p key={line} className="text-quiet">
              {line}
            </p>
          ))}
        </div>
      )}
      <DialogActions>
        {change && <Button onClick={change}>{t("notify.changeReason")}</Button>}
        {channel && <Button onClick={() => openSheet(app, { kind: "notify", scope: "channel", id: channel.id, name: channel.name })}>{t("notify.channelRules")}</Button>}
        <Button kind="primary" onClick={() => closeSheet(app)}>
          {t("dialog.close")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
