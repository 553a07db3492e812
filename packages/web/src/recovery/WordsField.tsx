/** The 24 words typed in, with what is wrong named word by word and put right by a click. */
import type { WordsCheck } from "@multichat/client/contract";
import { TextArea } from "../design/TextArea.tsx";
import { t } from "../i18n/messages.ts";
import { withWord, wordCount, wordsOf } from "./words.ts";

interface Props {
  text: string;
  onText(text: string): void;
  /** What looking at the words found. */
  check: WordsCheck | null;
  problem: string | null;
}

export function WordsField({ text, onText, check, problem }: Props) {
  const count = wordsOf(text).length;
  const wrong = check && !check.ok ? check : null;
  return (
    <>
      <TextArea
        label={t("words.label")}
        hint={t("words.count", { count, of: wordCount })}
        problem={problem}
        rows={7}
        value={text}
        onChange={(event) => onText(event.target.value)}
        autoFocus
        verbatim
      />
      {wrong && (
        <div role="alert" className="mt-3 rounded-m border border-warn bg-warn-wash p-3 text-13 text-warn-text">
          {wrong.unlisted.length === 0 && wrong.corrections.length === 0 && <p>{wrong.detail}</p>}
          {wrong.corrections.length > 0 && <p className="mb-2">{t("words.doNotFit")}</p>}
          <ul className="space-y-2">
            {wrong.unlisted.map(({ position, word, suggestions }) => (
              <li key={position}>
                <p>{t("words.unlisted", { number: position + 1, word })}</p>
                <Choices words={suggestions} onChoose={(chosen) => onText(withWord(text, position, chosen))} />
              </li>
            ))}
            {wrong.corrections.map(({ position, word, instead }) => (
              <li key={`${position}-${instead}`}>
                <p>{t("words.perhaps", { number: position + 1, word })}</p>
                <Choices words={[instead]} onChoose={(chosen) => onText(withWord(text, position, chosen))} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Choices({ words, onChoose }: { words: readonly string[]; onChoose(word: string): void }) {
  return (
    <div className="mt-1 flex flex-wrap gap-2">
      {words.map((word) => (
        <button
          key={word}
          type="button"
          onClick={() => onChoose(word)}
          className="min-h-8 rounded-s border border-control bg-surface px-3 font-mono text-text hover:bg-sunken pointer-coarse:min-h-11"
        >
          {word}
        </button>
      ))}
    </div>
  );
}
