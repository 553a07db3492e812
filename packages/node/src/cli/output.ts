import type { ApiError } from "@multichat/client/contract";
import type { CliHost, TextSink } from "./host.ts";
import { printable } from "./printable.ts";

export interface Output {
  /** The verb's answer: a document for programs, or words for people. */
  print(document: object, words: string): void;
  /** What happens meanwhile, for people only. */
  say(words: string): void;
}

export function createOutput(host: CliHost, json: boolean): Output {
  return {
    print: (document, words) =>
      writeLine(host.stdout, json ? JSON.stringify(document) : printable(words)),
    say: (words) => {
      if (!json) writeLine(host.stdout, printable(words));
    },
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
