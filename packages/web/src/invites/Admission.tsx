import type { Space } from "@multichat/client/contract";
import { useCallback } from "react";
import { Problem } from "../design/Problem.tsx";
import { Switch } from "../design/Switch.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";

/** Whether whoever has a valid invite is let in at once, or waits for somebody's yes. */
export function Admission({ space }: { space: Space }) {
  const app = useApp();
  const task = useTask(
    useCallback(
      async (approve: boolean) => {
        const answer = await app.client.call("space.admission", { space: space.id, approve });
        app.store.setState((s) => ({ spaces: { ...s.spaces, [space.id]: answer.space } }));
      },
      [app, space.id],
    ),
  );
  return (
    <>
      <Switch
        label={t("admission.approve")}
        about={t(space.approve ? "admission.on" : "admission.off")}
        checked={space.approve}
        why={whyNot(space, "manage-space")}
        disabled={task.busy}
        onChange={(on) => void task.start(on)}
      />
      <Problem text={task.problem} />
    </>
  );
}
