import type { Space } from "@multichat/client/contract";
import { useState } from "react";
import { Button } from "../../design/Button.tsx";
import { t } from "../../i18n/messages.ts";
import { Departed } from "../../moderation/Departed.tsx";
import { MemberTable } from "../../moderation/MemberTable.tsx";
import { useApp } from "../../state/context.tsx";
import { whyNot } from "../../state/permissions.ts";
import { openSheet } from "../../state/store.ts";
import { Radios } from "../Radios.tsx";

const lists = ["members", "departed"] as const;

/** Who belongs to the workspace, and who does not any more. */
export function WorkspaceMembers({ space }: { space: Space }) {
  const app = useApp();
  const [list, setList] = useState<(typeof lists)[number]>("members");
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-end gap-3 px-6 pt-5 pb-3 max-two:px-4">
        <div className="flex-1 max-two:basis-full">
          <Radios title={t("memberList.show")} value={list} options={lists.map((value) => ({ value, label: t(`memberList.${value}`) }))} onChoose={(value: (typeof lists)[number]) => setList(value)} />
        </div>
        <Button why={whyNot(space, "ban") ?? whyNot(space, "manage-messages")} onClick={() => openSheet(app, { kind: "clean-up", space: space.id })}>
          {t("cleanUp.action")}
        </Button>
      </div>
      {list === "members" ? <MemberTable space={space} /> : <Departed space={space} />}
    </div>
  );
}
