import { useEffect } from "react";
import { useApp, useAppState } from "../state/context.tsx";
import { followNotification, jumpToMessage } from "../state/jump.ts";

/** Goes to the message whose link, or notification, was followed. */
export function useLinkedMessage(): void {
  const app = useApp();
  const linked = useAppState((s) => s.linked);
  useEffect(() => {
    if (!linked) return;
    app.store.setState({ linked: null });
    void (linked.told ? followNotification : jumpToMessage)(app, linked, { replace: true });
  }, [app, linked]);
}
