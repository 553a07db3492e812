/** Secrets that are read from stdin, because other users of a machine can see what stands on a command line (spec/cli.md). */
import { CliError } from "./cli-error.ts";
import type { CliHost } from "./host.ts";
import { type LineReader, createLineReader } from "./line-reader.ts";

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

/** On one line, or one on each of 24. */
export async function readWords(lines: LineReader): Promise<string[]> {
  const words: string[] = [];
  while (words.length < 24) {
    const line = await lines.next();
    if (line === null) break;
    words.push(...line.split(/\s+/).filter((word) => word !== "" && !/^\d+\.?$/.test(word)));
  }
  return words;
}

export async function readPassphrase(lines: LineReader): Promise<string> {
  const passphrase = await lines.next();
  if (passphrase === null || passphrase === "")
    throw new CliError("bad-request", "There is no passphrase on stdin.");
  return passphrase;
}
