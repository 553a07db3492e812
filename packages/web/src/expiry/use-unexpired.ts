import type { Message } from "@multichat/client/contract";
import { useEffect, useState } from "react";

/** Timers do not reach further. */
const longestWait = 2 ** 31 - 1;

/** What was listed, without what has disappeared since: nobody says so of what is not watched. */
export function useUnexpired<T>(
  items: readonly T[] | undefined,
  messageOf: (item: T) => Pick<Message, "expires">,
): readonly T[] | undefined {
  const [now, setNow] = useState(Date.now);
  const left = items?.filter((item) => !isOver(messageOf(item), now));
  const next = Math.min(
    ...(left ?? []).map((item) => messageOf(item).expires ?? Number.POSITIVE_INFINITY),
  );
  useEffect(() => {
    if (next === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(
      () => setNow(Date.now()),
      Math.min(longestWait, Math.max(0, next - Date.now())),
    );
    return () => clearTimeout(timer);
    // A wait that was cut short is begun anew.
  }, [next, now]);
  return left;
}

function isOver({ expires }: Pick<Message, "expires">, now: number): boolean {
  return expires !== null && expires <= now;
}
