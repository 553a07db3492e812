/** Emoji by the beginnings of their English names. The list of them is fetched when it is first needed. */
import { useEffect, useState } from "react";
import type { Emoji } from "../emoji/emoji-list.ts";

interface Found {
  emoji: readonly Emoji[];
  /** What it would be with a colon behind it. */
  meant: Emoji | null;
}

const none: Found = { emoji: [], meant: null };

/** @param query null: none are wanted */
export function useEmoji(query: string | null, limit: number): Found {
  const [found, setFound] = useState<(Found & { query: string }) | null>(null);
  useEffect(() => {
    if (query === null) return;
    let current = true;
    // Without the list there is nothing to offer, and what is typed stays as it is.
    import("../emoji/emoji-list.ts").then(
      ({ findEmoji, emojiFor }) =>
        current && setFound({ query, emoji: findEmoji(query, limit), meant: emojiFor(query) }),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [query, limit]);
  return query !== null && found?.query === query ? found : none;
}
