import type { Person } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Choice } from "../design/Choice.tsx";
import { t } from "../i18n/messages.ts";
import { PeoplePicker } from "../private/PeoplePicker.tsx";
import { useMembers } from "../private/use-members.ts";
import { useApp } from "../state/context.tsx";
import { openSheet } from "../state/store.ts";
import { RootConfirm } from "./RootConfirm.tsx";
import type { StepProps } from "./steps.ts";

/** As many keys as there can be. */
const most = 8;

/** Choosing who can take the root key over together, and how many of them it takes. The new phrase is shown afterwards. */
export function SetRecovery({ space, onDone, onCancel }: StepProps) {
  const app = useApp();
  const members = useMembers(space.id);
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const [wanted, setWanted] = useState(2);
  const count = chosen.length;
  const needed = Math.max(1, Math.min(wanted, count));
  const run = useCallback(
    async (words: { words?: string[] }) => {
      await app.client.call("ownership.set-recovery", { space: space.id, accounts: chosen.map(({ id }) => id), needed, ...words });
      onDone(null);
      // From here on it is as after creating the account: look at the words, type three of them back.
      openSheet(app, { kind: "phrase" });
    },
    [app, space.id, chosen, needed, onDone],
  );
  return (
    <>
      <PeoplePicker label={t("regain.who")} people={members?.filter(({ you }) => !you) ?? null} chosen={chosen} onChange={(people) => setChosen(people.slice(0, most))} />
      <Choice
        className="mt-4"
        label={t("regain.needed")}
        value={String(needed)}
        onChoose={(value) => setWanted(Number(value))}
        options={Array.from({ length: Math.max(1, count) }, (_, at) => ({ value: String(at + 1), label: t("regain.neededOf", { needed: at + 1, count: Math.max(1, count) }) }))}
      />
      <ul className="mt-4 list-disc space-y-1.5 ps-5 text-13 text-quiet">
        <li>{t("regain.what", { needed, count })}</li>
        <li>{t("regain.yours")}</li>
        <li>{t("regain.newPhrase")}</li>
        <li>{t("regain.change", { needed })}</li>
        <li>{t("regain.elsewhere")}</li>
      </ul>
      <RootConfirm label={t("regain.confirm")} disabled={count === 0} run={run} onCancel={onCancel} />
    </>
  );
}
