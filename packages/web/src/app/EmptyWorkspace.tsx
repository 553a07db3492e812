import type { Space } from "@multichat/client/contract";
import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { may } from "../state/permissions.ts";
import { openSheet } from "../state/store.ts";

/** A workspace without a channel. */
export function EmptyWorkspace({ space }: { space: Space }) {
  const app = useApp();
  const mayCreate = may(space, "createChannel");
  return (
    <div className="m-auto max-w-104 px-6 text-center">
      <h1 className="text-21 font-bold wrap-anywhere">{space.name}</h1>
      <p className="mt-2 text-quiet">{t(mayCreate ? "workspace.noChannels" : "workspace.noChannelsYet")}</p>
      {mayCreate && (
        <Button kind="primary" className="mt-5" onClick={() => openSheet(app, { kind: "create-channel", space: space.id })}>
          {t("channel.create")}
        </Button>
      )}
    </div>
  );
}
