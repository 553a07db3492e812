import type { Id } from "@multichat/client/contract";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { t } from "../i18n/messages.ts";
import { useMembers } from "../private/use-members.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { MemberActions } from "./MemberActions.tsx";
import type { MemberStep, StepProps } from "./member-step.ts";
import { MuteStep } from "./MuteStep.tsx";
import { RemoveStep } from "./RemoveStep.tsx";
import { RolesStep } from "./RolesStep.tsx";

/** What can be done about a member; each action says what it does before it does it. */
export function MemberSheet({ space, account }: { space: Id; account: Id }) {
  const app = useApp();
  const [step, setStep] = useState<MemberStep | null>(null);
  const members = useMembers(space);
  const member = members?.find(({ id }) => id === account);
  const close = () => closeSheet(app);
  if (!members) return <Dialog title={t("member.title")} onClose={close}>{null}</Dialog>;
  if (!member) {
    return (
      <Dialog title={t("member.title")} onClose={close}>
        <p className="text-quiet">{t("profile.notMember")}</p>
      </Dialog>
    );
  }
  return (
    <Dialog title={step ? t(`member.${step}.title`, { name: member.name }) : member.name} onClose={close}>
      {step ? (
        <>
          <Button kind="quiet" className="-ms-4 mb-2" onClick={() => setStep(null)}>
            <ArrowLeft aria-hidden="true" className="size-4" />
            {t("conversation.back")}
          </Button>
          <Step step={step} space={space} member={member} onDone={close} onBack={() => setStep(null)} />
        </>
      ) : (
        <MemberActions space={space} member={member} onChoose={setStep} />
      )}
    </Dialog>
  );
}

function Step({ step, ...given }: StepProps & { step: MemberStep }) {
  switch (step) {
    case "roles":
      return <RolesStep {...given} />;
    case "mute":
      return <MuteStep {...given} />;
    case "kick":
    case "ban":
      return <RemoveStep how={step} {...given} />;
  }
}
