import type { Id } from "@multichat/client/contract";
import { useCallback, useEffect, useRef } from "react";
import { useApp } from "../state/context.tsx";

/** The node says it again at most as often. */
const againMs = 3_000;
/** Without another key it has ended. */
const pauseMs = 5_000;

/** Tells others that this person writes here; the returned function is called at every change of the text. */
export function useTellWriting(
  channel: Id,
  thread: Id | null,
  recording: boolean,
): (text: string) => void {
  const app = useApp();
  const saidAt = useRef(Number.NEGATIVE_INFINITY);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const say = useCallback(
    (state: "typing" | "recording" | null) => {
      saidAt.current = state === null ? Number.NEGATIVE_INFINITY : Date.now();
      // Nobody is told while Multichat does not run.
      app.client
        .call("typing.set", { channel, ...(thread === null ? {} : { thread }), state })
        .catch(() => undefined);
    },
    [app, channel, thread],
  );
  const end = useCallback(() => {
    clearTimeout(pause.current);
    if (saidAt.current !== Number.NEGATIVE_INFINITY) say(null);
  }, [say]);
  useEffect(() => end, [end]);
  useEffect(() => {
    if (!recording) return;
    say("recording");
    const timer = setInterval(() => say("recording"), againMs);
    return () => {
      clearInterval(timer);
      say(null);
    };
  }, [say, recording]);
  return useCallback(
    (text: string) => {
      clearTimeout(pause.current);
      if (text.trim() === "") return end();
      pause.current = setTimeout(end, pauseMs);
      if (Date.now() - saidAt.current >= againMs) say("typing");
    },
    [say, end],
  );
}
