import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useAppState } from "../state/context.tsx";

/** Why a part of the app is not there, and what to do. */
export function PartMissingNote() {
  const running = useAppState((s) => s.link === "open");
  return (
    <div role="alert">
      <p>{t(running ? "part.changed" : "part.away")}</p>
      {running && (
        <Button className="mt-4" onClick={() => location.reload()}>
          {t("part.reload")}
        </Button>
      )}
    </div>
  );
}
