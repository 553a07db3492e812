import { useCallback, useState } from "react";
import { problemText } from "../i18n/problem-text.ts";

/** Something a button starts: whether it is under way, and in words what went wrong. */
export function useTask<A extends unknown[]>(
  run: (...args: A) => Promise<void>,
): { start(...args: A): Promise<void>; busy: boolean; problem: string | null } {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const start = useCallback(
    async (...args: A) => {
      setBusy(true);
      setProblem(null);
      try {
        await run(...args);
      } catch (error) {
        setProblem(problemText(error));
      } finally {
        setBusy(false);
      }
    },
    [run],
  );
  return { start, busy, problem };
}
