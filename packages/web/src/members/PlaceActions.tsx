import type { Id, Member } from "@multichat/client/contract";
import { useCallback } from "react";
import { Button } from "../design/Button.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { openPlace } from "../private/open-place.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { openSheet } from "../state/store.ts";

/** From a profile card: to the conversation with somebody, and to what can be done about them in a workspace. */
export function PlaceActions({ space, member }: { space: Id; member: Member }) {
  const app = useApp();
  const direct = useAppState((s) => s.spaces[space]?.kind === "direct");
  const write = useTask(
    useCallback(async () => openPlace(app, await app.client.call("dm.open", { accounts: [member.id] })), [app, member.id]),
  );
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      <Button disabled={write.busy} onClick={() => void write.start()}>
        {t("profile.message")}
      </Button>
      {!direct && <Button onClick={() => openSheet(app, { kind: "member", space, account: member.id })}>{t("member.manage")}</Button>}
      <Button onClick={() => openSheet(app, { kind: "notify", scope: "person", id: member.id, name: member.name })}>{t("notify.action")}</Button>
      {write.problem && (
        <p role="alert" className="w-full text-13 text-bad-text">
          {write.problem}
        </p>
      )}
    </div>
  );
}
