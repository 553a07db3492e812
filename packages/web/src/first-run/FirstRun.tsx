/**
 * Name, recovery phrase, three words back, first workspace: one thing per screen. Somebody who has an account already
 * comes in by another device, by the words, or by a backup.
 */
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { firstRunSteps, isEntryWay, type EntryWay, type FirstRunStep } from "../state/store.ts";
import { Page } from "../app/Page.tsx";
import { Button } from "../design/Button.tsx";
import { CreateOrJoin } from "../workspaces/CreateOrJoin.tsx";
import { ExistingWays } from "./ExistingWays.tsx";
import { LinkHere } from "./LinkHere.tsx";
import { NameStep } from "./NameStep.tsx";
import { PhraseConfirm } from "./PhraseConfirm.tsx";
import { PhraseWords } from "./PhraseWords.tsx";
import { RecoverHere } from "./RecoverHere.tsx";
import { RestoreHere } from "./RestoreHere.tsx";

interface Props<Step> {
  step: Step;
  go(next: FirstRunStep | null): void;
}

export function FirstRun({ step }: { step: FirstRunStep }) {
  const app = useApp();
  const go = (next: FirstRunStep | null) => app.store.setState({ firstRun: next });
  return isEntryWay(step) ? <Existing step={step} go={go} /> : <Afresh step={step} go={go} />;
}

function Existing({ step, go }: Props<EntryWay>) {
  const back = () => go("existing");
  switch (step) {
    case "existing":
      return (
        <Page key={step} title={t("existing.title")} lead={t("existing.lead")}>
          <ExistingWays onChoose={go} />
          <Button kind="quiet" className="-ms-4 mt-4" onClick={() => go("name")}>
            {t("conversation.back")}
          </Button>
        </Page>
      );
    case "link":
      return <LinkHere onBack={back} />;
    case "recover":
      return <RecoverHere onBack={back} />;
    case "restore":
      return <RestoreHere onBack={back} />;
  }
}

function Afresh({ step, go }: Props<Exclude<FirstRunStep, EntryWay>>) {
  const above = <StepMarks step={step} />;
  switch (step) {
    case "name":
      return (
        <Page key={step} above={above} title={t("name.title")} lead={t("name.lead")}>
          <NameStep onDone={() => go("phrase")} onExisting={() => go("existing")} />
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

function StepMarks({ step }: { step: Exclude<FirstRunStep, EntryWay> }) {
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
