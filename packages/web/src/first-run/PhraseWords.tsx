import { Printer } from "lucide-react";
import { Button } from "../design/Button.tsx";
import { CopyButton } from "../design/CopyButton.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { t } from "../i18n/messages.ts";
import { usePhrase } from "./use-phrase.ts";

const wordCount = 24;

/** The recovery phrase to write down. Prints as it stands. */
export function PhraseWords({ onContinue, onLater }: { onContinue(): void; onLater(): void }) {
  const { words, problem } = usePhrase();
  if (problem) {
    return (
      <>
        <p role="alert" className="text-bad-text">
          {problem}
        </p>
        <Button kind="quiet" className="-ms-4 mt-4" onClick={onLater}>
          {t("firstRun.later")}
        </Button>
      </>
    );
  }
  return (
    <>
      <ol
        aria-label={t("phrase.words")}
        aria-busy={words === null}
        className="grid grid-flow-col grid-cols-2 grid-rows-12 gap-x-4 rounded-m border border-line bg-sunken p-4 two:grid-cols-3 two:grid-rows-8"
      >
        {Array.from({ length: wordCount }, (_, index) => (
          <li key={index} className="flex min-h-8 items-center gap-3">
            <span className="w-5 text-end text-13 text-quiet tabular-nums select-none">{index + 1}</span>
            {words ? <span className="font-mono text-15 font-medium">{words[index]}</span> : <Skeleton className="h-4 w-20" />}
          </li>
        ))}
      </ol>
      <div className="mt-3 flex flex-wrap gap-2" data-print="hide">
        {words && <CopyButton text={words.join(" ")} label={t("phrase.copy")} />}
        <Button onClick={() => print()}>
          <Printer aria-hidden="true" className="size-4" />
          {t("phrase.print")}
        </Button>
      </div>
      <div className="mt-8 flex flex-wrap gap-2" data-print="hide">
        <Button kind="primary" large className="flex-1" disabled={!words} onClick={onContinue}>
          {t("phrase.written")}
        </Button>
        <Button kind="quiet" large onClick={onLater}>
          {t("firstRun.later")}
        </Button>
      </div>
    </>
  );
}
