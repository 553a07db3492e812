import { useEffect, useState } from "react";
import { problemText } from "../i18n/problem-text.ts";
import { useApp } from "../state/context.tsx";

/** The 24 words, fetched when they are to be shown and held by that screen only. */
export function usePhrase(): { words: readonly string[] | null; problem: string | null } {
  const app = useApp();
  const [words, setWords] = useState<readonly string[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    app.client.call("account.phrase", {}).then(
      (answer) => current && setWords(answer.words),
      (error: unknown) => current && setProblem(problemText(error)),
    );
    return () => {
      current = false;
    };
  }, [app]);
  return { words, problem };
}
