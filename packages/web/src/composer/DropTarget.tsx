import { Ban, Upload } from "lucide-react";
import { t } from "../i18n/messages.ts";

/** Over the whole conversation while files are held over it: what becomes of them. */
export function DropTarget({ why }: { why: string | null }) {
  const Icon = why ? Ban : Upload;
  return (
    <div className="pointer-events-none absolute inset-2 z-30 grid place-items-center rounded-l border-2 border-dashed border-accent bg-surface/90">
      <p className="flex items-center gap-2.5 p-4 text-17 font-medium">
        <Icon aria-hidden="true" className="size-5 shrink-0" />
        {why ?? t("files.drop")}
      </p>
    </div>
  );
}
