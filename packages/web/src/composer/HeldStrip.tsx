import { Undo2 } from "lucide-react";
import { Button } from "../design/Button.tsx";
import { useNow } from "../design/use-now.ts";
import { t } from "../i18n/messages.ts";
import { timeLeft } from "../i18n/spans.ts";
import type { Outgoing } from "../state/sending.ts";

/** What was sent and has not gone out yet: it can be taken back. */
export function HeldStrip({ outgoing, onUndo }: { outgoing: Outgoing; onUndo(): void }) {
  const now = useNow(250);
  return (
    <div className="mb-1.5 flex items-center gap-2 rounded-m border border-line bg-sunken ps-3 pe-1 text-13">
      <p className="min-w-0 flex-1 truncate text-quiet" role="status">
        {t("composer.held", { left: timeLeft(outgoing.until, now) })}
      </p>
      <Button kind="quiet" onClick={onUndo}>
        <Undo2 aria-hidden="true" className="size-4" />
        {t("composer.undo")}
      </Button>
    </div>
  );
}
