import { useEffect, useState } from "react";
import { problemText } from "../i18n/problem-text.ts";
import { useAppState } from "../state/context.tsx";

export interface Fetched<T> {
  value: T | null;
  problem: string | null;
}

/** What `fetch` answers, fetched again whenever something about people changed or the connection came back. */
export function useFetched<T>(fetch: () => Promise<T>): Fetched<T> {
  const version = useAppState((s) => s.peopleVersion);
  const running = useAppState((s) => s.link === "open");
  const [state, setState] = useState<Fetched<T>>({ value: null, problem: null });
  useEffect(() => {
    if (!running) return;
    let current = true;
    fetch().then(
      (value) => current && setState({ value, problem: null }),
      (error: unknown) => current && setState((before) => ({ ...before, problem: problemText(error) })),
    );
    return () => {
      current = false;
    };
  }, [fetch, version, running]);
  return state;
}
