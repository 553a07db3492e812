import type { MessageRequest } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Avatar } from "../design/Avatar.tsx";
import { Button } from "../design/Button.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { useNow } from "../design/use-now.ts";
import { useTask } from "../design/use-task.ts";
import { relativeTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { noteChange } from "../state/changes.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { useListed } from "../state/use-listed.ts";

/** Conversations that people offer with whom nothing is shared. They learn nothing until one is accepted. */
export function RequestsSheet() {
  const app = useApp();
  const { value, problem } = useListed("request.list", {}, "requests", null);
  const [accepted, setAccepted] = useState<string | null>(null);
  return (
    <Dialog title={t("requests.title")} wide onClose={() => closeSheet(app)}>
      <p className="text-quiet">{t("requests.lead")}</p>
      {accepted && (
        <p role="status" className="mt-3 rounded-m border border-line bg-sunken px-3.5 py-2.5">
          {t("requests.accepted", { name: accepted })}
        </p>
      )}
      <Problem text={problem} />
      {value?.requests.length === 0 && !accepted && <p className="mt-5">{t("requests.none")}</p>}
      <ul className="mt-3 divide-y divide-line">
        {value?.requests.map((request) => (
          <Request key={request.id} request={request} onAccepted={setAccepted} />
        ))}
      </ul>
    </Dialog>
  );
}

function Request({ request, onAccepted }: { request: MessageRequest; onAccepted(name: string): void }) {
  const app = useApp();
  const now = useNow();
  const { id, from, people, introducedBy, at } = request;
  const task = useTask(
    useCallback(
      async (answer: "accept" | "decline" | "block") => {
        if (answer === "accept") await app.client.call("request.accept", { request: id });
        else await app.client.call("request.decline", { request: id, block: answer === "block" });
        if (answer === "accept") onAccepted(from.name);
        noteChange(app, "requests", null);
      },
      [app, id, from.name, onAccepted],
    ),
  );
  return (
    <li className="py-3.5">
      <div className="flex items-center gap-3">
        <Avatar id={from.id} name={from.name} />
        <div className="min-w-0 flex-1">
          <p className="font-medium wrap-anywhere">
            <bdi>{from.name}</bdi>
          </p>
          <p className="text-13 text-quiet">
            {t("requests.unproved")} {people > 2 && t("requests.people", { count: people })} {t("requests.asked", { when: relativeTime(at, now) })}
            {introducedBy && ` ${t("requests.introduced", { name: introducedBy.name })}`}
          </p>
        </div>
      </div>
      <Problem text={task.problem} />
      <div className="mt-2.5 flex flex-wrap justify-end gap-2">
        <Button kind="quiet" disabled={task.busy} onClick={() => void task.start("block")} aria-label={t("requests.blockName", { name: from.name })}>
          {t("requests.block")}
        </Button>
        <Button disabled={task.busy} onClick={() => void task.start("decline")} aria-label={t("requests.declineName", { name: from.name })}>
          {t("requests.decline")}
        </Button>
        <Button kind="primary" disabled={task.busy} onClick={() => void task.start("accept")} aria-label={t("requests.acceptName", { name: from.name })}>
          {t("requests.accept")}
        </Button>
      </div>
    </li>
  );
}
