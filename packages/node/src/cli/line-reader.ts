import { Interrupted } from "./cli-error.ts";
import type { CliHost } from "./host.ts";
import { type LineEnd, type TypedLine, interruptKey } from "./typed-line.ts";

/** Lines of stdin, one at a time: what is secret, and answers to questions. */
export interface LineReader {
  /** Somebody types on a terminal; otherwise nobody sees a prompt. */
  readonly isTerminal: boolean;
  /** Without its end; null when stdin has ended. */
  next(): Promise<string | null>;
  /**
   * On a terminal: nothing that is typed is shown meanwhile, not even ahead of a question. Back to normal however the work
   * ends.
   */
  silently<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Within `silently`: one line, key by key.
   * @param changed told of the line after each key
   * @throws Interrupted at Ctrl-C
   */
  typed(line: TypedLine, changed?: () => void): Promise<Exclude<LineEnd, { how: "interrupted" }>>;
  /**
   * Within `silently`: what asks for nothing and takes its time. What is typed meanwhile is kept for the next line.
   * @throws Interrupted at Ctrl-C, which a terminal that leaves every key to its reader does not turn into a signal
   */
  unlessInterrupted<T>(work: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function createLineReader(host: CliHost): LineReader {
  const decoder = new TextDecoder();
  const chunks = host.stdin[Symbol.asyncIterator]();
  let text = "";
  let ended = false;
  let depth = 0;
  let reading: Promise<void> | null = null;

  function more(): Promise<void> {
    reading ??= read().finally(() => (reading = null));
    return reading;
  }

  async function read(): Promise<void> {
    const chunk = await chunks.next();
    if (chunk.done === true) ended = true;
    else
      text +=
        typeof chunk.value === "string"
          ? chunk.value
          : decoder.decode(chunk.value, { stream: true });
  }

  return {
    isTerminal: host.terminal !== null,
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
        await more();
      }
    },
    async silently(work) {
      if (depth++ === 0) host.terminal?.setRawMode(true);
      try {
        return await work();
      } finally {
        if (--depth === 0) host.terminal?.setRawMode(false);
      }
    },
    async typed(line, changed) {
      for (;;) {
        const [key] = text;
        if (key === undefined) {
          if (ended) return { how: "ended" };
          await more();
          continue;
        }
        text = text.slice(key.length);
        const end = line.put(key);
        if (end?.how === "interrupted") throw new Interrupted();
        if (end !== null) return end;
        changed?.();
      }
    },
    async unlessInterrupted(work) {
      let working = host.terminal !== null;
      const done = work.finally(() => (working = false));
      while (working && !ended) {
        if (text.includes(interruptKey)) throw new Interrupted();
        await Promise.race([done, more()]);
      }
      return done;
    },
    async close() {
      // Otherwise an open terminal would keep the process, and a read under way wait for one more key.
      if (reading !== null) {
        reading.catch(() => undefined);
        host.terminal?.close();
      }
      await chunks.return?.();
    },
  };
}
