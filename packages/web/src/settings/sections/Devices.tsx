import { t } from "../../i18n/messages.ts";
import { useAppState } from "../../state/context.tsx";
import { HealthCheck } from "../HealthCheck.tsx";
import { Piece, SectionBody } from "../SectionBody.tsx";

/** The computer that Multichat runs on here. */
export function Devices() {
  const version = useAppState((s) => s.status?.version);
  return (
    <SectionBody>
      <Piece title={t("devices.this")}>
        {version && <p className="mb-3 text-quiet">{t("settings.version", { version })}</p>}
        <HealthCheck />
      </Piece>
    </SectionBody>
  );
}
