import { Button } from "../../design/Button.tsx";
import { t } from "../../i18n/messages.ts";
import { useApp, useAppState } from "../../state/context.tsx";
import { openSheet } from "../../state/store.ts";
import { Piece, SectionBody } from "../SectionBody.tsx";

/** What brings the account back when this computer is lost. */
export function Backup() {
  const app = useApp();
  const unsaved = useAppState((s) => s.status?.phraseUnsaved ?? false);
  return (
    <SectionBody>
      <Piece title={t("settings.phrase")}>
        <p className="text-quiet">{t(unsaved ? "settings.phraseUnsaved" : "settings.phraseSaved")}</p>
        {unsaved && (
          <Button className="mt-3" onClick={() => openSheet(app, { kind: "phrase" })}>
            {t("settings.phraseShow")}
          </Button>
        )}
      </Piece>
    </SectionBody>
  );
}
