import type { Space } from "@multichat/client/contract";
import { useCallback } from "react";
import { Problem } from "../design/Problem.tsx";
import { Switch } from "../design/Switch.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";

/** Whether those who join read what came before, and how far that can be relied on. */
export function History({ space }: { space: Space }) {
  const app = useApp();
  const task = useTask(
    useCallback(
      async (history: Space["history"]) => {
        const answer = await app.client.call("space.history", { space: space.id, history });
        app.store.setState((s) => ({ spaces: { ...s.spaces, [space.id]: answer.space } }));
      },
      [app, space.id],
    ),
  );
  return (
    <>
      <Switch
        label={t("history.switch")}
        about={t(`history.${space.history}`)}
        checked={space.history === "all"}
        why={whyNot(space, "manage-space")}
        disabled={task.busy}
        onChange={(all) => void task.start(all ? "all" : "join")}
      />
      {space.kind === "team" && <p className="mt-1 text-13 text-quiet">{t("history.private")}</p>}
      <Problem text={task.problem} />
    </>
  );
}
