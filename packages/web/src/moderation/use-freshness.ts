import type { Id } from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { errorCode } from "../i18n/problem-text.ts";
import { useApp } from "../state/context.tsx";

/**
 * Whether this computer has heard from other members lately, without which a removal undoes more than one sees
 * (spec/04-control.md, rule 8). `stale`: what it would make void, in words; null while all is well. `guard` runs a
 * removal: it is refused unawares once, and the second time carried out all the same.
 */
export function useFreshness(space: Id, account: Id | null): { stale: string | null; guard(run: (override: { override?: true }) => Promise<void>): Promise<void> } {
  const app = useApp();
  const [stale, setStale] = useState<string | null>(null);
  useEffect(() => {
    if (account === null) return;
    let current = true;
    app.client.call("removal.preview", { space, account }).then(
      ({ fresh, text }) => current && setStale(fresh ? null : text),
      // The removal itself says the same when it is tried.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [app, space, account]);
  const guard = useCallback(
    async (run: (override: { override?: true }) => Promise<void>) => {
      try {
        await run(stale === null ? {} : { override: true });
      } catch (error) {
        if (errorCode(error) !== "not-fresh" || !(error instanceof Error)) throw error;
        setStale(error.message);
      }
    },
    [stale],
  );
  return { stale, guard };
}
