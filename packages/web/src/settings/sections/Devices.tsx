import { useEffect } from "react";
import { Button } from "../../design/Button.tsx";
import { Skeleton } from "../../design/Skeleton.tsx";
import { useNow } from "../../design/use-now.ts";
import { DeviceRow } from "../../devices/DeviceRow.tsx";
import { t } from "../../i18n/messages.ts";
import { useApp, useAppState } from "../../state/context.tsx";
import { openSheet } from "../../state/store.ts";
import { HealthCheck } from "../HealthCheck.tsx";
import { Piece, SectionBody } from "../SectionBody.tsx";

/** The computers that are this person, and the one that Multichat runs on here. */
export function Devices() {
  const app = useApp();
  const now = useNow();
  const devices = useAppState((s) => s.devices);
  const running = useAppState((s) => s.link === "open");
  const version = useAppState((s) => s.status?.version);
  const ended = useAppState((s) => s.status?.signedOut != null);
  useEffect(() => {
    if (!running) return;
    // What fails here is tried again when the connection is back; until then the skeletons stay.
    app.client.call("device.list", {}).then(
      (answer) => app.store.setState({ devices: answer.devices }),
      () => undefined,
    );
  }, [app, running]);
  const good = devices?.filter(({ standing }) => standing === "good");
  const gone = devices?.filter(({ standing }) => standing !== "good") ?? [];
  return (
    <SectionBody>
      <Piece title={t("devices.yours")}>
        <p className="text-quiet">{t("devices.lead")}</p>
        {good ? (
          <ul className="mt-2 divide-y divide-line">
            {good.map((device) => (
              <DeviceRow key={device.id} device={device} now={now} mayRevoke={!ended} />
            ))}
          </ul>
        ) : (
          <Skeleton className="mt-4 h-10 w-full" />
        )}
        {!ended && (
          <Button kind="primary" className="mt-3" onClick={() => openSheet(app, { kind: "link-device" })}>
            {t("linking.title")}
          </Button>
        )}
      </Piece>
      {gone.length > 0 && (
        <Piece title={t("devices.signedOut")}>
          <ul className="divide-y divide-line">
            {gone.map((device) => (
              <DeviceRow key={device.id} device={device} now={now} mayRevoke={false} />
            ))}
          </ul>
        </Piece>
      )}
      <Piece title={t("devices.this")}>
        {version && <p className="mb-3 text-quiet">{t("settings.version", { version })}</p>}
        <HealthCheck />
      </Piece>
    </SectionBody>
  );
}
