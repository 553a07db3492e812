import type { Id, Presence } from "@multichat/client/contract";
import { useEffect } from "react";
import { useApp, useAppState } from "../state/context.tsx";
import { lookAt } from "../state/presence.ts";

/** Whether somebody is there, kept current while it is shown; undefined until it is known. */
export function usePresence(account: Id | null): Presence | undefined {
  const app = useApp();
  useEffect(() => (account === null ? undefined : lookAt(app, account)), [app, account]);
  return useAppState((s) => (account === null ? undefined : s.presences[account]));
}
