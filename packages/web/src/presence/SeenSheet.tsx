import type { Message, SeenBy } from "@multichat/client/contract";
import { useEffect, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { t } from "../i18n/messages.ts";
import { problemText } from "../i18n/problem-text.ts";
import { useApp } from "../state/context.tsx";
import { openSettings } from "../state/settings-place.ts";
import { closeSheet } from "../state/store.ts";
import { PersonAvatar } from "../trust/PersonAvatar.tsx";

/** Who has read a message, as far as they tell it. */
export function SeenSheet({ message }: { message: Message }) {
  const app = useApp();
  const [seen, setSeen] = useState<SeenBy | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    app.client.call("message.seen", { message: message.id }).then(
      (answer) => setSeen(answer.seen),
      (error: unknown) => setProblem(problemText(error)),
    );
  }, [app, message.id]);
  return (
    <Dialog title={t("seen.title")} onClose={() => closeSheet(app)}>
      <Problem text={problem} />
      {!seen && !problem && <Skeleton className="h-20 w-full" />}
      {seen && (
        <p className="text-quiet">
          {seen.available
            ? t("seen.lead", { count: seen.people.length, of: seen.of })
            : t("seen.off")}
        </p>
      )}
      {seen && !seen.available && (
        <Button
          className="mt-4"
          onClick={() => {
            closeSheet(app);
            openSettings(app, { space: null, section: "presence" });
          }}
        >
          {t("seen.settings")}
        </Button>
      )}
      <ul className="mt-3">
        {seen?.people.map((person) => (
          <li key={person.id} className="flex min-h-11 items-center gap-3">
            <PersonAvatar person={person} space={message.space} />
            <bdi className="min-w-0 truncate">{person.name}</bdi>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
