import type { Message } from "@multichat/client/contract";
import { useCallback } from "react";
import { useTask } from "../design/use-task.ts";
import { changeMessage } from "../state/change-timeline.ts";
import { useApp } from "../state/context.tsx";

/** Says something about a message, such as a vote on it; what comes of it is shown at once. */
export function useAnnotate(message: Pick<Message, "id">, kind: string) {
  const app = useApp();
  const { id } = message;
  return useTask(
    useCallback(
      async (value: Record<string, unknown>) => {
        const { message: changed } = await app.client.call("content.annotate", {
          message: id,
          kind,
          value,
        });
        changeMessage(app, changed);
      },
      [app, id, kind],
    ),
  );
}
