import type { CliHost } from "./host.ts";

/** Lines of stdin, one at a time: what is secret, and answers to questions. */
export interface LineReader {
  /** Without its end; null when stdin has ended. */
  next(): Promise<string | null>;
  close(): Promise<void>;
}

export function createLineReader(host: CliHost): LineReader {
  const decoder = new TextDecoder();
  const chunks = host.stdin[Symbol.asyncIterator]();
  let text = "";
  let ended = false;

  return {
    async next() {
      for (;;) {
        const end = text.indexOf("\n");
        if (end !== -1) {
          const line = text.slice(0, end).replace(/\r$/, "");
          text = text.slice(end + 1);
          return line;
        }
        if (ended) {
          const rest = text;
          text = "";
          return rest === "" ? null : rest;
        }
        const chunk = await chunks.next();
        if (chunk.done === true) ended = true;
        else text += typeof chunk.value === "string" ? chunk.value : decoder.decode(chunk.value, { stream: true });
      }
    },
    async close() {
      // Otherwise an open terminal would keep the process.
      await chunks.return?.();
    },
  };
}
