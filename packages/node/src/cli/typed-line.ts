/**
 * One line as it is typed on a terminal that echoes nothing and leaves every key to its reader: what is secret is typed so
 * (spec/cli.md).
 */

/** What a key led to, where it ends the line. */
export type LineEnd =
  | { how: "entered"; text: string }
  /** Backspace where nothing is left. */
  | { how: "back" }
  /** Ctrl-D where nothing was typed. */
  | { how: "ended" }
  | { how: "interrupted" };

export interface TypedLine {
  readonly text: string;
  /** @param key one character */
  put(key: string): LineEnd | null;
}

/** Ctrl-C. */
export const interruptKey = "\u0003";
const escape = "\u001b";
const segmenter = new Intl.Segmenter();

/** @param options.word a space ends it as well, and begins none */
export function createTypedLine({ word = false } = {}): TypedLine {
  let text = "";
  let sequence = "";

  /** Arrows and the like come as several characters, and what is pasted may stand between two of these. */
  function isOfSequence(key: string): boolean {
    const goesOn = sequence === escape ? key === "[" || key === "O" : sequence !== "";
    const begins = sequence === "" && key === escape;
    const ends = goesOn && sequence !== escape && key >= "@" && key <= "~";
    sequence = begins || (goesOn && !ends) ? sequence + key : "";
    return begins || goesOn;
  }

  return {
    get text() {
      return text;
    },
    put(key) {
      if (isOfSequence(key)) return null;
      switch (key) {
        case "\r":
        case "\n":
          return { how: "entered", text };
        case interruptKey:
          return { how: "interrupted" };
        case "\u0004":
          return text === "" ? { how: "ended" } : null;
        case "\u007f":
        case "\b":
          if (text === "") return { how: "back" };
          text = [...segmenter.segment(text)]
            .slice(0, -1)
            .map(({ segment }) => segment)
            .join("");
          return null;
        case "\u0015":
          text = "";
          return null;
        case "\u0017":
          text = text.replace(/\S*\s*$/, "");
          return null;
      }
      if (word && /\s/.test(key)) return text === "" ? null : { how: "entered", text };
      if (key >= " ") text += key;
      return null;
    },
  };
}
