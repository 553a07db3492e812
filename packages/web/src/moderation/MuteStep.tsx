import { useCallback, useState } from "react";
import { Choice } from "../design/Choice.tsx";
import { Confirm } from "../design/Confirm.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { lengthNames, muteLengths } from "./lengths.ts";
import type { StepProps } from "./member-step.ts";

export function MuteStep({ space, member, onDone, onBack }: StepProps) {
  const app = useApp();
  const [length, setLength] = useState<keyof typeof muteLengths>("hour");
  const mute = useCallback(async () => {
    const until = muteLengths[length] && Date.now() + muteLengths[length];
    await app.client.call("member.mute", { space, account: member.id, on: true, until });
    onDone();
  }, [app, space, member.id, length, onDone]);
  return (
    <>
      <Choice
        label={t("member.mute.length")}
        value={length}
        onChoose={(value: keyof typeof muteLengths) => setLength(value)}
        options={lengthNames(muteLengths).map((value) => ({ value, label: t(`length.${value}`) }))}
      />
      <ul className="mt-4 list-disc space-y-2 ps-5 text-quiet">
        <li>{t("member.mute.what", { name: member.name })}</li>
        <li>{t("member.mute.told", { name: member.name })}</li>
        <li>{t("member.mute.void")}</li>
      </ul>
      <Confirm label={t("member.mute.confirm", { name: member.name })} run={mute} onCancel={onBack} />
    </>
  );
}
