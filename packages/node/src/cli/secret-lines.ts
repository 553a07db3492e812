/**
 * Secrets that are read from stdin, because other users of a machine can see what stands on a command line (spec/cli.md). On
 * a terminal they are asked for, and what is typed is not shown.
 */
import { CliError } from "./cli-error.ts";
import type { CliHost } from "./host.ts";
import { type LineReader, createLineReader } from "./line-reader.ts";
import { createTypedLine } from "./typed-line.ts";

export async function withLines<T>(
  host: CliHost,
  work: (lines: LineReader) => Promise<T>,
): Promise<T> {
  const lines = createLineReader(host);
  try {
    return await work(lines);
  } finally {
    await lines.close();
  }
}

/** A line of a pipe, or what is typed behind the prompt. */
export async function readPassphrase(
  host: CliHost,
  lines: LineReader,
  prompt: string,
): Promise<string> {
  const passphrase = lines.isTerminal ? await typedUnseen(host, lines, prompt) : await lines.next();
  if (passphrase === null || passphrase === "")
    throw new CliError(
      "bad-request",
      lines.isTerminal ? "Nothing was typed." : "There is no passphrase on stdin.",
    );
  return passphrase;
}

/** One that is being set: on a terminal twice, because nobody sees what they type. */
export async function readNewPassphrase(host: CliHost, lines: LineReader, prompt: string): Promise<string> {
  return lines.silently(async () => {
    for (;;) {
      const passphrase = await readPassphrase(host, lines, prompt);
      if (!lines.isTerminal || (await typedUnseen(host, lines, "The same again: ")) === passphrase) return passphrase;
      host.stderr.write("These two are not the same. Begin again.\n");
    }
  });
}

async function typedUnseen(
  host: CliHost,
  lines: LineReader,
  prompt: string,
): Promise<string | null> {
  return lines.silently(async () => {
    host.stderr.write(prompt);
    try {
      for (;;) {
        const end = await lines.typed(createTypedLine());
        if (end.how === "entered") return end.text;
        if (end.how === "ended") return null;
      }
    } finally {
      host.stderr.write("\n");
    }
  });
}
