import type { CommandName, Id, Params, Result } from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { problemText } from "../i18n/problem-text.ts";
import { changeKey, type Changing } from "./changes.ts";
import { useApp, useAppState } from "./context.tsx";

export interface Listed<T> {
  /** Null until the first answer. */
  value: T | null;
  /** Why there is no answer, in words. */
  problem: string | null;
  /** For answers of other commands that hold the same list. */
  set(value: T): void;
  again(): void;
}

/**
 * The answer to a command that lists something, asked for again when the node says that it changed and when the
 * connection is back. `params` null: nothing is asked.
 */
export function useListed<C extends CommandName>(command: C, params: Params<C> | null, what: Changing, space: Id | null): Listed<Result<C>> {
  const app = useApp();
  const version = useAppState((s) => s.changes[changeKey(what, space)] ?? 0);
  const running = useAppState((s) => s.link === "open");
  const asked = params === null ? null : JSON.stringify(params);
  const [answer, setAnswer] = useState<{ asked: string; value: Result<C> } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (asked === null || !running) return;
    let current = true;
    app.client.call(command, JSON.parse(asked) as Params<C>).then(
      (value) => {
        if (!current) return;
        setAnswer({ asked, value });
        setProblem(null);
      },
      (error: unknown) => current && setProblem(problemText(error)),
    );
    return () => {
      current = false;
    };
  }, [app, command, asked, version, running, attempt]);

  const again = useCallback(() => setAttempt((before) => before + 1), []);
  const set = useCallback((value: Result<C>) => asked !== null && setAnswer({ asked, value }), [asked]);
  return { value: answer?.asked === asked ? answer.value : null, problem, set, again };
}
