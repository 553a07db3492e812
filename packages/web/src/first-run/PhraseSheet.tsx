import { useState } from "react";
import { Dialog } from "../design/Dialog.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { PhraseConfirm } from "./PhraseConfirm.tsx";
import { PhraseWords } from "./PhraseWords.tsx";

/** The recovery phrase again, for those who said "Later". */
export function PhraseSheet() {
  const app = useApp();
  const [step, setStep] = useState<"words" | "confirm">("words");
  const close = () => closeSheet(app);
  return (
    <Dialog wide title={t(step === "words" ? "phrase.title" : "confirm.title")} onClose={close}>
      <p className="mb-4 text-quiet">{t(step === "words" ? "phrase.lead" : "confirm.lead")}</p>
      {step === "words" ? (
        <PhraseWords onContinue={() => setStep("confirm")} onLater={close} />
      ) : (
        <PhraseConfirm onDone={close} onBack={() => setStep("words")} onLater={close} />
      )}
    </Dialog>
  );
}
