/** How the app looks and writes here, and about this device. */
import { Avatar } from "../design/Avatar.tsx";
import { Button } from "../design/Button.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { changeSettings, densities, themes } from "../state/settings.ts";
import { closeSheet, openSheet } from "../state/store.ts";
import { HealthCheck } from "./HealthCheck.tsx";
import { Radios } from "./Radios.tsx";

export function SettingsSheet() {
  const app = useApp();
  const settings = useAppState((s) => s.settings);
  const status = useAppState((s) => s.status);
  const account = status?.account;
  return (
    <Dialog title={t("settings.title")} onClose={() => closeSheet(app)}>
      {account && (
        <div className="mb-6 flex items-center gap-3">
          <Avatar id={account.id} name={account.name} size="l" />
          <p className="min-w-0 font-bold wrap-anywhere">{account.name}</p>
        </div>
      )}
      <Radios
        title={t("settings.theme")}
        value={settings.theme}
        options={themes.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
        onChoose={(theme) => changeSettings(app, { theme })}
      />
      <Radios
        title={t("settings.density")}
        value={settings.density}
        options={densities.map((value) => ({ value, label: t(`settings.density.${value}`) }))}
        onChoose={(density) => changeSettings(app, { density })}
      />
      <Radios
        title={t("settings.enter")}
        value={settings.enterSends ? "sends" : "breaks"}
        options={(["sends", "breaks"] as const).map((value) => ({ value, label: t(`settings.enter.${value}`) }))}
        onChoose={(value) => changeSettings(app, { enterSends: value === "sends" })}
      />
      <section className="mt-6">
        <h3 className="mb-2 text-13 font-medium">{t("settings.phrase")}</h3>
        {status?.phraseUnsaved ? (
          <>
            <p className="text-13 text-quiet">{t("settings.phraseUnsaved")}</p>
            <Button className="mt-2" onClick={() => openSheet(app, { kind: "phrase" })}>
              {t("settings.phraseShow")}
            </Button>
          </>
        ) : (
          <p className="text-13 text-quiet">{t("settings.phraseSaved")}</p>
        )}
      </section>
      <HealthCheck />
      <p className="mt-6 text-12 text-quiet">{status && t("settings.version", { version: status.version })}</p>
    </Dialog>
  );
}
