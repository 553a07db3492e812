/** Hits as one types: asked for once typing pauses, page after page as one scrolls, and never those of an earlier question. */
import type { Hit, Result, SearchQuery } from "@multichat/client/contract";
import { useCallback, useEffect, useRef, useState } from "react";
import { problemText } from "../i18n/problem-text.ts";
import { useApp } from "../state/context.tsx";

export type Question = SearchQuery & { relevance?: boolean };

export interface Found {
  /** Null: nothing has been asked or answered yet. */
  hits: readonly Hit[] | null;
  total: number;
  order: Result<"search">["order"];
  next: string | null;
}

interface Search {
  found: Found;
  busy: boolean;
  problem: string | null;
  /** The next page, if there is one. */
  more(): void;
}

const pauseMs = 160;
const nothing: Found = { hits: null, total: 0, order: "newest", next: null };

/** @param question null: there is nothing to search for */
export function useSearch(question: Question | null): Search {
  const app = useApp();
  const asked = question && JSON.stringify(question);
  const [found, setFound] = useState<Found>(nothing);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const current = useRef<string | null>(null);

  const fetchPage = useCallback(
    async (key: string, before: Found, cursor: string | null) => {
      setBusy(true);
      try {
        const page = await app.client.call("search", {
          ...(JSON.parse(key) as Question),
          ...(cursor && { cursor }),
        });
        if (current.current !== key) return;
        setFound({ ...page, hits: [...(before.hits ?? []), ...page.hits] });
        setProblem(null);
      } catch (error) {
        if (current.current === key) setProblem(problemText(error));
      } finally {
        if (current.current === key) setBusy(false);
      }
    },
    [app],
  );

  useEffect(() => {
    current.current = asked;
    if (asked === null) return;
    const timer = setTimeout(() => void fetchPage(asked, nothing, null), pauseMs);
    return () => clearTimeout(timer);
  }, [asked, fetchPage]);

  const more = () => {
    if (!busy && asked !== null && found.next !== null) void fetchPage(asked, found, found.next);
  };
  // What was found before stays until there is something newer.
  return asked === null
    ? { found: nothing, busy: false, problem: null, more }
    : { found, busy, problem, more };
}
