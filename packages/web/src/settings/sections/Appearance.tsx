import { useCallback } from "react";
import { Choice } from "../../design/Choice.tsx";
import { Problem } from "../../design/Problem.tsx";
import { useTask } from "../../design/use-task.ts";
import { ownNames } from "../../i18n/languages.ts";
import { formatLocale, t } from "../../i18n/messages.ts";
import { keepWorkerWords } from "../../notifications/worker-words.ts";
import { useApp, useAppState } from "../../state/context.tsx";
import { changeLanguage, changeSettings, contrasts, densities, languageChoices, motions, textSizes, themes, undoTimes, type Settings } from "../../state/settings.ts";
import { Radios } from "../Radios.tsx";
import { SectionBody } from "../SectionBody.tsx";

/** How the app looks and writes in this browser. */
export function Appearance() {
  const app = useApp();
  const settings = useAppState((s) => s.settings);
  const percent = new Intl.NumberFormat(formatLocale(), { style: "percent" });
  return (
    <SectionBody>
      <LanguageChoice chosen={settings.language} />
      <Radios
        title={t("settings.theme")}
        value={settings.theme}
        options={themes.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
        onChoose={(theme) => changeSettings(app, { theme })}
      />
      <Radios
        title={t("settings.contrast")}
        value={settings.contrast}
        options={contrasts.map((value) => ({ value, label: t(`settings.contrast.${value}`) }))}
        onChoose={(contrast) => changeSettings(app, { contrast })}
      />
      <Radios
        title={t("settings.textSize")}
        value={String(settings.textSize)}
        options={textSizes.map((size) => ({ value: String(size), label: percent.format(size / 100) }))}
        onChoose={(value) => changeSettings(app, { textSize: textSizes.find((size) => String(size) === value) ?? 100 })}
      />
      <Radios
        title={t("settings.motion")}
        value={settings.motion}
        options={motions.map((value) => ({ value, label: t(`settings.motion.${value}`) }))}
        onChoose={(motion) => changeSettings(app, { motion })}
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

const languageField = "settings-language";

function LanguageChoice({ chosen }: { chosen: Settings["language"] }) {
  const app = useApp();
  const change = useCallback(
    async (language: Settings["language"]) => {
      await changeLanguage(app, language);
      await keepWorkerWords();
      // Everything was drawn anew, this field too.
      requestAnimationFrame(() => document.getElementById(languageField)?.focus());
    },
    [app],
  );
  const task = useTask(change);
  return (
    <div>
      <Choice
        id={languageField}
        className="max-w-80"
        label={t("settings.language")}
        value={chosen}
        options={languageChoices.map((value) => ({ value, label: value === "system" ? t("settings.language.system") : ownNames[value] }))}
        onChoose={(language) => void task.start(language)}
      />
      <Problem text={task.problem} />
    </div>
  );
}
