/**
 * JSON files that are too large to be read at once: the elements of one list are found by their brackets and parsed one by one.
 * Nothing else of the file is held.
 */
import { type Problem, problem } from "./imported.ts";
import { limits } from "./limits.ts";

export interface JsonItem {
  type: "item";
  /** The member it is, or is in; null in a file that is a list. */
  key: string | null;
  value: unknown;
  /** Where it begins. */
  line: number;
}

/**
 * Of a file that is a list, its elements; of an object, its members, and of the member called `list` the elements.
 * After a problem nothing follows.
 */
export async function* jsonItems(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  list: string | null,
): AsyncGenerator<JsonItem | Problem> {
  const splitter = createSplitter(list);
  try {
    for await (const chunk of chunks) yield* splitter.push(chunk);
    splitter.end();
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    yield problem(file, error.line, error.message);
  }
}

class Broken extends Error {
  readonly line: number;
  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

/** `first`: a value or the end; `next`: a value, after a comma. */
type Expected =
  | "top"
  | "first"
  | "next"
  | "first-key"
  | "key"
  | "colon"
  | "value"
  | "after"
  | "nothing";

const code = {
  quote: 0x22,
  backslash: 0x5c,
  comma: 0x2c,
  colon: 0x3a,
  newline: 0x0a,
  open: 0x5b,
  close: 0x5d,
  begin: 0x7b,
  end: 0x7d,
} as const;
const text = new TextDecoder("utf-8", { fatal: true });

function createSplitter(list: string | null) {
  let expected: Expected = "top";
  let line = 1;
  let key: string | null = null;
  let inList = list === null;
  /** What is being gathered: a value or a key. */
  let parts: Uint8Array[] | null = null;
  let size = 0;
  let begun = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;

  function* push(chunk: Uint8Array): Generator<JsonItem> {
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte === code.newline) line++;
      if (parts === null) {
        if (
          isSpace(byte) ||
          (expected === "top" && (byte === 0xef || byte === 0xbb || byte === 0xbf))
        )
          continue;
        if (!begins(byte)) continue;
        parts = [];
        size = 0;
        from = i;
        begun = line;
      }
      const ended = inside(byte);
      if (ended === null) continue;
      // A closing bracket or quotation mark belongs to it, what follows a number does not.
      const end = ended === "with" ? i + 1 : i;
      keep(chunk.subarray(from, end));
      const whole = parts;
      parts = null;
      const item = finished(whole);
      if (item !== null) yield item;
      if (ended === "before" && !isSpace(byte)) begins(byte);
    }
    if (parts !== null) keep(chunk.subarray(from));
  }

  /** @returns whether a value or key begins here; else it was a sign between them */
  function begins(byte: number): boolean {
    switch (expected) {
      case "top":
        if (byte !== (list === null ? code.open : code.begin))
          throw new Broken(
            line,
            list === null ? "a list was expected here" : "an object was expected here",
          );
        expected = list === null ? "first" : "first-key";
        return false;
      case "first":
      case "first-key":
        if (byte === (expected === "first" ? code.close : code.end)) return closed();
        break;
      case "after":
        if (byte === code.comma) expected = inList ? "next" : "key";
        else if (byte === (inList ? code.close : code.end)) closed();
        else
          throw new Broken(
            line,
            "a comma is missing, or there is something that does not belong here",
          );
        return false;
      case "colon":
        if (byte !== code.colon) throw new Broken(line, "a colon is missing");
        expected = "value";
        return false;
      case "nothing":
        throw new Broken(line, "there is something after the end");
      case "key":
      case "next":
      case "value":
    }
    if ((expected === "key" || expected === "first-key") && byte !== code.quote)
      throw new Broken(line, "a name in quotation marks was expected here");
    if (byte === code.comma || byte === code.close || byte === code.end)
      throw new Broken(line, "a value is missing");
    if (expected === "value" && key === list && byte === code.open) {
      inList = true;
      expected = "first";
      return false;
    }
    depth = 0;
    return true;
  }

  function closed(): false {
    // The end of the list is the end of a member, where the list is one.
    expected = inList && list !== null ? "after" : "nothing";
    inList = false;
    return false;
  }

  /** @returns whether what is gathered ends with this byte, before it, or goes on (null) */
  function inside(byte: number): "with" | "before" | null {
    if (inString) {
      if (escaped) escaped = false;
      else if (byte === code.backslash) escaped = true;
      else if (byte === code.quote) {
        inString = false;
        return depth === 0 ? "with" : null;
      }
      return null;
    }
    if (byte === code.quote) inString = true;
    else if (byte === code.open || byte === code.begin) depth++;
    else if (byte === code.close || byte === code.end) {
      if (depth === 0) return "before";
      return --depth === 0 ? "with" : null;
    } else if (depth === 0 && (byte === code.comma || byte === code.colon || isSpace(byte)))
      return "before";
    return null;
  }

  function keep(part: Uint8Array): void {
    size += part.length;
    if (size > limits.elementBytes)
      throw new Broken(
        begun,
        `what begins here has more than ${limits.elementBytes / 1024 / 1024} MiB`,
      );
    parts!.push(part);
  }

  function finished(whole: readonly Uint8Array[]): JsonItem | null {
    const value = parsed(whole);
    if (expected === "key" || expected === "first-key") {
      key = String(value);
      expected = "colon";
      return null;
    }
    expected = "after";
    return { type: "item", key, value, line: begun };
  }

  function parsed(whole: readonly Uint8Array[]): unknown {
    let written: string;
    try {
      written = text.decode(whole.length === 1 ? whole[0] : Buffer.concat(whole));
    } catch {
      throw new Broken(begun, "what begins here is not UTF-8");
    }
    try {
      return JSON.parse(written) as unknown;
    } catch (error) {
      throw new Broken(begun, `what begins here is not valid JSON: ${(error as Error).message}`);
    }
  }

  return {
    push,
    end(): void {
      if (parts !== null) throw new Broken(begun, "the file ends within what begins here");
      if (expected !== "nothing") throw new Broken(line, "the file ends too early");
    },
  };
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
