import type { ReactNode } from "react";

/** Something that waits for this person's decision, above what is only to be read. */
export function WaitingLink({ icon, onClick, children }: { icon: ReactNode; onClick(): void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="mb-1 flex min-h-(--channel-row) w-full items-center gap-2 rounded-s bg-warn-wash px-2 text-start font-medium text-warn-text hover:underline [&_svg]:size-4 [&_svg]:shrink-0"
    >
      {icon}
      <span className="min-w-0 flex-1 wrap-anywhere">{children}</span>
    </button>
  );
}
