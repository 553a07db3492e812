import { Lock } from "lucide-react";
import type { ReactNode } from "react";

/** In place of the composer, where nothing can be written now. */
export function ReadOnlyNote({ reason, action }: { reason: string; action?: ReactNode }) {
  return (
    <div className="shrink-0 px-5 pb-4 max-two:px-3">
      <div
        role="status"
        className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-m border border-line bg-sunken px-4 py-3 text-quiet"
      >
        <Lock aria-hidden="true" className="size-4 shrink-0" />
        <p className="min-w-0 flex-1 basis-52 wrap-anywhere">{reason}</p>
        {action}
      </div>
    </div>
  );
}
