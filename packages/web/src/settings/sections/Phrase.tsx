import { Button } from "../../design/Button.tsx";
import { t } from "../../i18n/messages.ts";
import { useApp, useAppState } from "../../state/context.tsx";
import { openSheet } from "../../state/store.ts";
import { Piece, SectionBody } from "../SectionBody.tsx";

/** The 24 words that bring the account back when all devices are lost. */
export function Phrase() {
  const app = useApp();
  const unsaved = useAppState((s) => s.status?.phraseUnsaved ?? false);
  return (
    <SectionBody>
      <Piece>
        <p className="text-quiet">{t(unsaved ? "settings.phraseUnsaved" : "settings.phraseSaved")}</p>
        {unsaved && (
          <Button kind="primary" className="mt-3" onClick={() => openSheet(app, { kind: "phrase" })}>
            {t("settings.phraseShow")}
          </Button>
        )}
      </Piece>
      <Piece title={t("rotate.title")}>
        <p className="text-quiet">{t("rotate.why")}</p>
        <Button className="mt-3" onClick={() => openSheet(app, { kind: "rotate-phrase" })}>
          {t("rotate.action")}
        </Button>
      </Piece>
    </SectionBody>
  );
}
