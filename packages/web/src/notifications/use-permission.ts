import { useSyncExternalStore } from "react";
import { permission, type Permission } from "./permission.ts";

/** The permission as it is just now: people change it in the browser's own settings, too. */
export function usePermission(): Permission {
  return useSyncExternalStore(follow, permission);
}

function follow(changed: () => void): () => void {
  const listening = new AbortController();
  void navigator.permissions.query({ name: "notifications" }).then((status) => {
    if (!listening.signal.aborted) status.addEventListener("change", changed, { signal: listening.signal });
  });
  return () => listening.abort();
}
