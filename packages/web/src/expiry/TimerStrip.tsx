import { Timer, X } from "lucide-react";
import { IconButton } from "../design/IconButton.tsx";
import { t } from "../i18n/messages.ts";
import { spanText } from "../i18n/spans.ts";

/** That what is being written will disappear. */
export function TimerStrip({ seconds, onDrop }: { seconds: number; onDrop(): void }) {
  return (
    <div className="flex items-center gap-2 border-b border-line ps-3.5 pe-1 text-13 text-quiet">
      <Timer aria-hidden="true" className="size-3.5 shrink-0" />
      <p className="min-w-0 flex-1">{t("timer.on", { span: spanText(seconds) })}</p>
      <IconButton label={t("timer.drop")} icon={<X />} onClick={onDrop} />
    </div>
  );
}
