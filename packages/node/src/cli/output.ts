import type { ApiError } from "@multichat/client/contract";
import type { CliHost, TextSink } from "./host.ts";
import { oneLine, printable } from "./printable.ts";

/** A terminal's line, and back to its beginning. */
const erased = "\r\u001b[K";

export interface Output {
  /** The verb's answer: a document for programs, or words for people. */
  print(document: object, words: string): void;
  /** What happens meanwhile, for people only. */
  say(words: string): void;
  /** How far something is, on a terminal only: each takes the place of the one before, and the last is gone in the end. */
  progress(words: string): void;
  /** No more progress. */
  settle(): void;
}

export function createOutput(host: CliHost, json: boolean): Output {
  let shown = false;
  const settle = (): void => {
    if (shown) host.stdout.write(erased);
    shown = false;
  };
  return {
    print(document, words) {
      settle();
      writeLine(host.stdout, json ? JSON.stringify(document) : printable(words));
    },
    say(words) {
      settle();
      if (!json) writeLine(host.stdout, printable(words));
    },
    progress(words) {
      if (json || !host.isTerminal) return;
      host.stdout.write(`${erased}${oneLine(words)}`);
      shown = true;
    },
    settle,
  };
}

export function printError(host: CliHost, json: boolean, { code, message }: ApiError): void {
  writeLine(
    host.stderr,
    json ? JSON.stringify({ error: { code, message } }) : `multichat: ${printable(message)}`,
  );
}

function writeLine(sink: TextSink, line: string): void {
  sink.write(`${line}\n`);
}
