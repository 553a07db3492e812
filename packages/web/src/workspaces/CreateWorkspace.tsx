import { NameForm } from "../design/NameForm.tsx";
import { isNarrower, onePane } from "../state/panes.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { defaultChannel } from "../state/selectors.ts";
import { loadChannels } from "../state/session.ts";

export function CreateWorkspace({ onDone }: { onDone(): void }) {
  const app = useApp();
  const create = async (name: string) => {
    const { space } = await app.client.call("space.create", { name });
    app.store.setState((s) => ({ spaces: { ...s.spaces, [space.id]: space } }));
    await loadChannels(app, space.id);
    const channel = isNarrower(app, onePane)
      ? null
      : (defaultChannel(app.store.getState(), space.id)?.id ?? null);
    navigate(app, { at: "space", space: space.id, channel, pane: null });
    onDone();
  };
  return (
    <NameForm
      label={t("workspace.name")}
      hint={t("workspace.nameHint")}
      button={t("workspace.create")}
      autoComplete="off"
      onName={create}
    />
  );
}
