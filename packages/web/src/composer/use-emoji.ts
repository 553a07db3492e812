/** Emoji by the beginnings of their English names. The list of them is fetched when it is first needed. */
import { useEffect, useState } from "react";
import type { Emoji } from "../emoji/emoji-list.ts";

const none: readonly Emoji[] = [];

/** @param query null: none are wanted */
export function useEmoji(query: string | null, limit: number): readonly Emoji[] {
  const [found, setFound] = useState<{ query: string; emoji: readonly Emoji[] } | null>(null);
  useEffect(() => {
    if (query === null) return;
    let current = true;
    // Without the list there is nothing to offer, and what is typed stays as it is.
    import("../emoji/emoji-list.ts").then(
      ({ findEmoji }) => current && setFound({ query, emoji: findEmoji(query, limit) }),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [query, limit]);
  return query !== null && found?.query === query ? found.emoji : none;
}
