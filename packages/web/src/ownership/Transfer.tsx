import type { Id } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Choice } from "../design/Choice.tsx";
import { Switch } from "../design/Switch.tsx";
import { t } from "../i18n/messages.ts";
import { useMembers } from "../private/use-members.ts";
import { useApp } from "../state/context.tsx";
import { RootConfirm } from "./RootConfirm.tsx";
import type { StepProps } from "./steps.ts";

/** Handing the workspace over to another member. */
export function Transfer({ space, ownership, onDone, onCancel }: StepProps) {
  const app = useApp();
  const others = useMembers(space.id)?.filter(({ you }) => !you) ?? [];
  const [account, setAccount] = useState<Id>("");
  const [stay, setStay] = useState(false);
  const name = others.find(({ id }) => id === account)?.name;
  const run = useCallback(
    async (words: { words?: string[] }) => {
      const { note } = await app.client.call("space.transfer-ownership", { space: space.id, account, stay, ...words });
      onDone(note);
    },
    [app, space.id, account, stay, onDone],
  );
  return (
    <>
      <Choice
        label={t("owner.to")}
        value={account}
        onChoose={setAccount}
        options={[{ value: "", label: t("owner.choose") }, ...others.map((member) => ({ value: member.id, label: member.name }))]}
      />
      <ul className="mt-3 list-disc space-y-1.5 ps-5 text-13 text-quiet">
        <li>{t("owner.what")}</li>
        <li>{t("owner.keyStays")}</li>
      </ul>
      <Switch label={t("owner.stay")} about={t("owner.stayAbout")} checked={stay} onChange={setStay} />
      <RootConfirm
        label={name ? t("owner.confirm", { name }) : t("owner.transfer")}
        earlier={ownership.holders.some(({ you, current }) => you && !current)}
        disabled={!account}
        run={run}
        onCancel={onCancel}
      />
    </>
  );
}
