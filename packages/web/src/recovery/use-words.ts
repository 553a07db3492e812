import type { WordsCheck } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { useApp } from "../state/context.tsx";
import { wordCount, wordsOf } from "./words.ts";

export interface TypedWords {
  text: string;
  setText(text: string): void;
  words: readonly string[];
  check: WordsCheck | null;
  /** Has them looked at; false says what is wrong in `check`. */
  examine(): Promise<boolean>;
}

/** The words of a recovery phrase while they are typed: looked at when all are there or when asked, and told to nobody. */
export function useWords(): TypedWords {
  const app = useApp();
  const [text, setWholeText] = useState("");
  const [check, setCheck] = useState<WordsCheck | null>(null);

  const look = useCallback(
    async (typed: string) => {
      const found = await app.client.call("account.check-words", { words: wordsOf(typed) });
      setCheck(found);
      return found.ok;
    },
    [app],
  );
  const setText = useCallback(
    (typed: string) => {
      setWholeText(typed);
      // Without an answer nothing is said; going on asks again.
      if (wordsOf(typed).length === wordCount) void look(typed).catch(() => setCheck(null));
      else setCheck(null);
    },
    [look],
  );
  return { text, setText, words: wordsOf(text), check, examine: useCallback(() => look(text), [look, text]) };
}
