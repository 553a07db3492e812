import type { Message } from "@multichat/client/contract";
import { useCallback } from "react";
import { Dialog } from "../design/Dialog.tsx";
import { t } from "../i18n/messages.ts";
import { authorName } from "../state/author-name.ts";
import { changeMessage } from "../state/change-timeline.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { Confirm } from "../design/Confirm.tsx";
import { MessageQuote } from "./MessageQuote.tsx";

/** Says what remains visible and to whom, before a message is taken away. */
export function DeleteMessageSheet({ message }: { message: Message }) {
  const app = useApp();
  const remove = useCallback(async () => {
    const answer = await app.client.call("message.delete", { message: message.id });
    changeMessage(app, answer.message);
    closeSheet(app);
  }, [app, message]);
  return (
    <Dialog title={message.own ? t("delete.titleOwn") : t("delete.title", { name: authorName(message) })} onClose={() => closeSheet(app)}>
      <MessageQuote message={message} />
      <ul className="mt-4 list-disc space-y-2 ps-5 text-quiet">
        <li>{t("delete.text")}</li>
        <li>{t("delete.trace")}</li>
        <li>{t("delete.noUndo")}</li>
      </ul>
      <Confirm label={t("delete.confirm")} run={remove} onCancel={() => closeSheet(app)} />
    </Dialog>
  );
}
