import { useCallback, useState } from "react";
import { Button } from "../../design/Button.tsx";
import { Field } from "../../design/Field.tsx";
import { useTask } from "../../design/use-task.ts";
import { t } from "../../i18n/messages.ts";
import { useApp, useAppState } from "../../state/context.tsx";
import { Piece, SectionBody } from "../SectionBody.tsx";

/** Deleting the account: what that takes away, and what it cannot. */
export function Account() {
  const app = useApp();
  const account = useAppState((s) => s.status?.account ?? null);
  const spaces = useAppState((s) => Object.keys(s.spaces).length);
  // A device that was signed out can only be emptied: the account is elsewhere, and nobody hears from here.
  const ended = useAppState((s) => s.status?.signedOut != null);
  const [name, setName] = useState("");
  const task = useTask(
    useCallback(async () => {
      const { remains } = await app.client.call("account.delete", { name: name.trim() });
      app.store.setState({ farewell: remains, settingsAt: null, sheet: null });
      history.replaceState(null, "", "#/");
    }, [app, name]),
  );
  if (!account) return null;
  return (
    <SectionBody>
      <Piece {...(ended && { title: t("ended.erase") })}>
        <p>{ended ? t("deleteAccount.leadEnded") : t("deleteAccount.lead", { name: account.name })}</p>
        <ul className="mt-3 list-disc space-y-1.5 ps-5">
          {!ended && <li>{t("deleteAccount.spaces", { count: spaces })}</li>}
          <li>{t("deleteAccount.here")}</li>
          <li>{t(ended ? "deleteAccount.livesOn" : "deleteAccount.messages")}</li>
          {!ended && <li>{t("deleteAccount.devices")}</li>}
          <li>{t("deleteAccount.forGood")}</li>
        </ul>
        <form
          autoComplete="off"
          className="mt-5 max-w-104"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() === account.name) void task.start();
          }}
        >
          <Field label={t("deleteAccount.typeName", { name: account.name })} problem={task.problem} value={name} onChange={(event) => setName(event.target.value)} />
          <Button type="submit" kind="danger" className="mt-4" disabled={name.trim() !== account.name || task.busy}>
            {t(ended ? "ended.erase" : "deleteAccount.confirm")}
          </Button>
        </form>
      </Piece>
    </SectionBody>
  );
}
