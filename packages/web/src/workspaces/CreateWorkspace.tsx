import type { ClipboardEvent } from "react";
import { NameForm } from "../design/NameForm.tsx";
import { isNarrower, onePane } from "../state/panes.ts";
import { t } from "../i18n/messages.ts";
import { hasInviteLink } from "../join/invite-link.ts";
import { useApp } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { defaultChannel } from "../state/selectors.ts";
import { loadChannels } from "../state/session.ts";

interface Props {
  onDone(): void;
  /** What was pasted has an invite link in it. */
  onInvite(pasted: string): void;
}

export function CreateWorkspace({ onDone, onInvite }: Props) {
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
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (!hasInviteLink(pasted)) return;
    event.preventDefault();
    onInvite(pasted);
  };
  return (
    <NameForm
      label={t("workspace.name")}
      hint={t("workspace.nameHint")}
      button={t("workspace.create")}
      autoComplete="off"
      check={(typed) => (hasInviteLink(typed) ? t("workspace.nameIsInvite") : null)}
      onPaste={onPaste}
      onName={create}
    />
  );
}
