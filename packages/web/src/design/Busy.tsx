import { LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";

/** Something is under way, in words. */
export function Busy({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="flex items-start gap-3">
      <LoaderCircle aria-hidden="true" className="mt-0.5 size-5 shrink-0 animate-spin text-accent" />
      <span className="wrap-anywhere">{children}</span>
    </p>
  );
}
