import type { Message } from "@multichat/client/contract";
import { useEffect, useState } from "react";

/** Timers do not count the time that a computer sleeps, and clocks are set: a long wait is looked at again now and then. */
const lookAgainMs = 60_000;

/** What was listed, without what has disappeared since: nobody says so of what is not watched. */
export function useUnexpired<T>(
  items: readonly T[] | undefined,
  messageOf: (item: T) => Pick<Message, "expires"> | null,
): readonly T[] | undefined {
  // Anew each time: some browsers round their clocks, so that a second look may come at the same time as the first.
  const [looked, look] = useState(() => ({ now: Date.now() }));
  const { now } = looked;
  const left = items?.filter((item) => !isOver(messageOf(item), now));
  const next = Math.min(
    ...(left ?? []).map((item) => messageOf(item)?.expires ?? Number.POSITIVE_INFINITY),
  );
  useEffect(() => {
    if (next === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(
      () => look({ now: Date.now() }),
      Math.min(lookAgainMs, Math.max(0, next - Date.now())),
    );
    return () => clearTimeout(timer);
    // A wait that was cut short is begun anew.
  }, [next, looked]);
  return left;
}

function isOver(message: Pick<Message, "expires"> | null, now: number): boolean {
  return message !== null && message.expires !== null && message.expires <= now;
}
