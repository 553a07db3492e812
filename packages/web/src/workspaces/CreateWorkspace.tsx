import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { onePane } from "../design/use-media.ts";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { defaultChannel } from "../state/selectors.ts";
import { loadChannels } from "../state/session.ts";

export function CreateWorkspace({ onDone }: { onDone(): void }) {
  const app = useApp();
  const [name, setName] = useState("");
  const task = useTask(
    useCallback(async () => {
      const { space } = await app.client.call("space.create", { name: name.trim() });
      app.store.setState((s) => ({ spaces: { ...s.spaces, [space.id]: space } }));
      await loadChannels(app, space.id);
      const channel = matchMedia(onePane).matches ? null : (defaultChannel(app.store.getState(), space.id)?.id ?? null);
      navigate(app, { at: "space", space: space.id, channel, pane: null });
      onDone();
    }, [app, name, onDone]),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) void task.start();
      }}
    >
      <Field
        label={t("workspace.name")}
        hint={t("workspace.nameHint")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={80}
        autoComplete="off"
        large
        problem={task.problem}
      />
      <Button type="submit" kind="primary" large className="mt-4 w-full" disabled={!name.trim() || task.busy}>
        {t("workspace.create")}
      </Button>
    </form>
  );
}
