import { t } from "../../i18n/messages.ts";
import { useApp, useAppState } from "../../state/context.tsx";
import { changeSettings, densities, themes, undoTimes } from "../../state/settings.ts";
import { Radios } from "../Radios.tsx";
import { SectionBody } from "../SectionBody.tsx";

/** How the app looks and writes in this browser. */
export function Appearance() {
  const app = useApp();
  const settings = useAppState((s) => s.settings);
  return (
    <SectionBody>
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
      <Radios
        title={t("settings.undoSend")}
        value={String(settings.undoSend)}
        options={undoTimes.map((seconds) => ({ value: String(seconds), label: seconds === 0 ? t("settings.undoSend.off") : t("span.seconds", { count: seconds }) }))}
        onChoose={(value) => changeSettings(app, { undoSend: undoTimes.find((seconds) => String(seconds) === value) ?? 0 })}
      />
    </SectionBody>
  );
}
