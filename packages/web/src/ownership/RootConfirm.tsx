import { useCallback } from "react";
import { Confirm } from "../design/Confirm.tsx";
import { t } from "../i18n/messages.ts";
import { useWords } from "../recovery/use-words.ts";
import { WordsField } from "../recovery/WordsField.tsx";
import { useAppState } from "../state/context.tsx";

interface Props {
  label: string;
  kind?: "danger" | "primary";
  disabled?: boolean;
  /** The key is in words that this computer does not have in any case. */
  earlier?: boolean;
  run(words: { words?: string[] }): Promise<void>;
  onCancel(): void;
}

/** The foot of what takes the recovery phrase: its words are asked for where they are no longer on this computer. */
export function RootConfirm({ label, kind, disabled = false, earlier = false, run, onCancel }: Props) {
  const here = useAppState((s) => s.status?.phraseUnsaved ?? false) && !earlier;
  const { text, setText, words, check, examine } = useWords();
  const go = useCallback(async () => {
    if (!here && !(await examine())) return;
    await run(here ? {} : { words: [...words] });
  }, [here, examine, run, words]);
  return (
    <>
      {!here && (
        <div className="mt-4">
          <p className="mb-2 text-13 text-quiet">{t(earlier ? "rootWords.earlier" : "rootWords.why")}</p>
          <WordsField text={text} onText={setText} check={check} problem={null} />
        </div>
      )}
      <Confirm label={label} {...(kind ? { kind } : {})} disabled={disabled || (!here && words.length === 0)} run={go} onCancel={onCancel} />
    </>
  );
}
