import type { Wake } from "@multichat/client/contract";
import { useEffect, useState } from "react";
import { problemText } from "../i18n/problem-text.ts";
import { useApp } from "../state/context.tsx";

/** What is called while nobody looks, and how that goes; as it is just now. */
export function useWake(): { wake: Wake | null; problem: string | null } {
  const { client } = useApp();
  const [wake, setWake] = useState<Wake | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const stop = client.on("wake", setWake);
    client.call("wake.get", {}).then(
      (answer) => setWake(answer.wake),
      (error: unknown) => setProblem(problemText(error)),
    );
    return stop;
  }, [client]);
  return { wake, problem };
}
