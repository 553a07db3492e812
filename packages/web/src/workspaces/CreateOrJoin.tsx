import { CreateWorkspace } from "./CreateWorkspace.tsx";
import { JoinBox } from "../join/JoinBox.tsx";
import { t } from "../i18n/messages.ts";

/** The two ways in. */
export function CreateOrJoin({ onDone }: { onDone(): void }) {
  return (
    <>
      <CreateWorkspace onDone={onDone} />
      <div aria-hidden="true" className="my-7 flex items-center gap-4 text-13 text-quiet">
        <span className="h-px flex-1 bg-line" />
        {t("start.or")}
        <span className="h-px flex-1 bg-line" />
      </div>
      <JoinBox onDone={onDone} />
    </>
  );
}
