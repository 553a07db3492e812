import { Button } from "../design/Button.tsx";
import { NameForm } from "../design/NameForm.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";

export function NameStep({ onDone, onExisting }: { onDone(): void; onExisting(): void }) {
  const app = useApp();
  const create = async (name: string) => {
    const { account } = await app.client.call("account.create", { name });
    app.store.setState((s) => ({
      status: s.status && { ...s.status, account, phraseUnsaved: true },
    }));
    onDone();
  };
  return (
    <>
      <NameForm
        label={t("name.label")}
        hint={t("name.hint")}
        button={t("firstRun.continue")}
        autoComplete="nickname"
        autoFocus
        onName={create}
      />
      <Button kind="quiet" large className="mt-2 w-full" onClick={onExisting}>
        {t("existing.action")}
      </Button>
    </>
  );
}
