import { useCallback, useState } from "react";
import { Choice } from "../design/Choice.tsx";
import { Confirm } from "../design/Confirm.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { banLengths, lengthNames } from "./lengths.ts";
import type { StepProps } from "./member-step.ts";
import { NotFresh } from "./NotFresh.tsx";
import { useFreshness } from "./use-freshness.ts";

/** Removing or banning. Where this computer has not heard from others for long, says what would become void. */
export function RemoveStep({ how, space, member, onDone, onBack }: StepProps & { how: "kick" | "ban" }) {
  const app = useApp();
  const name = useAppState((s) => s.spaces[space]?.name ?? "");
  const [length, setLength] = useState<keyof typeof banLengths>("lifted");
  const { stale, guard } = useFreshness(space, member.id);
  const run = useCallback(
    () =>
      guard(async (override) => {
        const target = { space, account: member.id, ...override };
        if (how === "kick") await app.client.call("member.kick", target);
        else await app.client.call("member.ban", { ...target, until: banLengths[length] && Date.now() + banLengths[length] });
        onDone();
      }),
    [app, guard, space, member.id, how, length, onDone],
  );
  return (
    <>
      {how === "ban" && (
        <Choice
          className="mb-4"
          label={t("member.ban.length")}
          value={length}
          onChoose={(value: keyof typeof banLengths) => setLength(value)}
          options={lengthNames(banLengths).map((value) => ({ value, label: t(`length.${value}`) }))}
        />
      )}
      <ul className="list-disc space-y-2 ps-5 text-quiet">
        <li>{t("member.kick.what", { name: member.name, space: name })}</li>
        <li>{t("member.kick.stays", { name: member.name })}</li>
        <li>{t(`member.${how}.back`, { name: member.name })}</li>
        <li>{t("member.kick.told", { name: member.name })}</li>
      </ul>
      {stale && <NotFresh text={stale} />}
      <Confirm label={t(stale ? "notFresh.confirm" : `member.${how}.confirm`, { name: member.name })} run={run} onCancel={onBack} />
    </>
  );
}
