import { safeFileName } from "@multichat/client";
import type { FileView, Message } from "@multichat/client/contract";
import { useEffect, useState } from "react";
import { t } from "../i18n/messages.ts";
import { problemText } from "../i18n/problem-text.ts";
import { useFile } from "./use-file.ts";

/** A text as the letters it consists of, whatever they would mean elsewhere. */
export function LongText({ message, file }: { message: Message; file: FileView }) {
  const { address } = useFile(message, file);
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (address === null) return;
    const stop = new AbortController();
    fetch(address, { signal: stop.signal })
      .then(async (response) =>
        response.ok ? setText(await response.text()) : setProblem(t("error.internal")),
      )
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setProblem(problemText(error));
      });
    return () => stop.abort();
  }, [address]);
  if (problem)
    return (
      <p role="alert" className="p-4 text-bad-text">
        {problem}
      </p>
    );
  return (
    <pre
      role="document"
      aria-label={safeFileName(file.name)}
      dir="auto"
      data-autofocus
      // It scrolls.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="h-full overflow-auto p-4 font-mono text-13 whitespace-pre-wrap wrap-anywhere focus-visible:-outline-offset-2"
    >
      {text}
    </pre>
  );
}
