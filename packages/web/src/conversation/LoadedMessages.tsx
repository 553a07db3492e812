import type { Id } from "@multichat/client/contract";
import type { ReactNode } from "react";
import { useAppState } from "../state/context.tsx";
import { LoadProblem } from "./LoadProblem.tsx";
import { MessageSkeletons } from "./MessageSkeletons.tsx";

/** Holds the place of a list of messages until its first page is there, or says why it is not. */
export function LoadedMessages({ of, retry, children }: { of: Id; retry(): void; children: ReactNode }) {
  const state = useAppState((s) => {
    const timeline = s.timelines[of];
    if (!timeline || timeline.loading === "first") return "loading";
    return timeline.problem && timeline.messages.length === 0 ? "problem" : "loaded";
  });
  return (
    <div className="relative min-h-0 flex-1">
      {state === "loading" && <MessageSkeletons />}
      {state === "problem" && <LoadProblem of={of} retry={retry} />}
      {state === "loaded" && children}
    </div>
  );
}
