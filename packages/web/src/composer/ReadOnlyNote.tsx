import { Lock } from "lucide-react";

/** In place of the composer, where this computer cannot write. */
export function ReadOnlyNote({ reason }: { reason: string }) {
  return (
    <div className="shrink-0 px-5 pb-4 max-two:px-3">
      <p className="flex items-start gap-2.5 rounded-m border border-line bg-sunken px-4 py-3 text-quiet">
        <Lock aria-hidden="true" className="mt-1 size-4 shrink-0" />
        {reason}
      </p>
    </div>
  );
}
