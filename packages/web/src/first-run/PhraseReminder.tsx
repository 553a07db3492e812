import { KeyRound } from "lucide-react";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { openSheet } from "../state/store.ts";

/** A quiet line, there as long as the recovery phrase was not confirmed. */
export function PhraseReminder() {
  const app = useApp();
  const unsaved = useAppState((s) => s.status?.phraseUnsaved ?? false);
  if (!unsaved) return null;
  return (
    <button
      type="button"
      onClick={() => openSheet(app, { kind: "phrase" })}
      className="flex min-h-11 w-full items-center gap-2.5 border-t border-line bg-warn-wash px-4 py-2 text-start text-13 text-warn-text hover:underline"
    >
      <KeyRound aria-hidden="true" className="size-4 shrink-0" />
      <span>{t("phrase.reminder")}</span>
    </button>
  );
}
