/** The lines of a file that may be of any size, each with its number. */
import { type Problem, problem } from "./imported.ts";
import { limits } from "./limits.ts";

export interface TextLine {
  type: "line";
  line: number;
  bytes: Uint8Array;
}

/** Without their ends. After a problem nothing follows. */
export async function* textLines(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<TextLine | Problem> {
  let line = 1;
  let parts: Uint8Array[] = [];
  let size = 0;

  function taken(part: Uint8Array): TextLine {
    const whole = parts.length === 0 ? part : Buffer.concat([...parts, part]);
    parts = [];
    size = 0;
    return {
      type: "line",
      line: line++,
      bytes: whole.at(-1) === 0x0d ? whole.subarray(0, -1) : whole,
    };
  }

  for await (const chunk of chunks) {
    const zero = chunk.indexOf(0);
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      if (zero >= from && zero < end) return yield problem(file, line, "this is no text");
      yield taken(chunk.subarray(from, end));
      from = end + 1;
    }
    if (zero >= from) return yield problem(file, line, "this is no text");
    size += chunk.length - from;
    if (size > limits.lineBytes)
      return yield problem(
        file,
        line,
        `this line has more than ${limits.lineBytes / 1024 / 1024} MiB`,
      );
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield taken(new Uint8Array(0));
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
const western = new TextDecoder("windows-1252");

/** UTF-8, or where it is not, what chat programs wrote before. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return western.decode(bytes);
  }
}
