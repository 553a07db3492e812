import { useState } from "react";
import { CreateWorkspace } from "./CreateWorkspace.tsx";
import { JoinBox } from "../join/JoinBox.tsx";
import { t } from "../i18n/messages.ts";

/** The two ways in. */
export function CreateOrJoin({ onDone }: { onDone(): void }) {
  /** Pasted where a name belongs. */
  const [invite, setInvite] = useState("");
  return (
    <>
      <CreateWorkspace onDone={onDone} onInvite={setInvite} />
      <div aria-hidden="true" className="my-7 flex items-center gap-4 text-13 text-quiet">
        <span className="h-px flex-1 bg-line" />
        {t("start.or")}
        <span className="h-px flex-1 bg-line" />
      </div>
      <JoinBox key={invite} given={invite} onDone={onDone} />
    </>
  );
}
