/** Name, recovery phrase, three words back, first workspace: one thing per screen. */
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { firstRunSteps, type FirstRunStep } from "../state/store.ts";
import { Page } from "../app/Page.tsx";
import { CreateOrJoin } from "../workspaces/CreateOrJoin.tsx";
import { NameStep } from "./NameStep.tsx";
import { PhraseConfirm } from "./PhraseConfirm.tsx";
import { PhraseWords } from "./PhraseWords.tsx";

export function FirstRun({ step }: { step: FirstRunStep }) {
  const app = useApp();
  const go = (next: FirstRunStep | null) => app.store.setState({ firstRun: next });
  const above = <StepMarks step={step} />;

  switch (step) {
    case "name":
      return (
        <Page key={step} above={above} title={t("name.title")} lead={t("name.lead")}>
          <NameStep onDone={() => go("phrase")} />
        </Page>
      );
    case "phrase":
      return (
        <Page key={step} wide above={above} title={t("phrase.title")} lead={t("phrase.lead")}>
          <PhraseWords onContinue={() => go("confirm")} onLater={() => go("start")} />
        </Page>
      );
    case "confirm":
      return (
        <Page key={step} above={above} title={t("confirm.title")} lead={t("confirm.lead")}>
          <PhraseConfirm onDone={() => go("start")} onBack={() => go("phrase")} onLater={() => go("start")} />
        </Page>
      );
    case "start":
      return (
        <Page key={step} above={above} title={t("start.title")} lead={t("start.lead")}>
          <CreateOrJoin onDone={() => go(null)} />
        </Page>
      );
  }
}

function StepMarks({ step }: { step: FirstRunStep }) {
  const at = firstRunSteps.indexOf(step);
  return (
    <div className="mb-8" data-print="hide">
      <span className="sr-only">{t("firstRun.step", { step: at + 1, of: firstRunSteps.length })}</span>
      <span aria-hidden="true" className="flex gap-1.5">
        {firstRunSteps.map((name, index) => (
          <span key={name} className={`h-1 w-8 rounded-full ${index <= at ? "bg-accent" : "bg-line"}`} />
        ))}
      </span>
    </div>
  );
}
