import type { ReactNode } from "react";

interface Props {
  icon: ReactNode;
  /** Nothing has to be done about it. */
  calm?: boolean;
  onClick(): void;
  children: ReactNode;
}

/** Something that waits for this person's decision or for its time, above what is only to be read. */
export function WaitingLink({ icon, calm = false, onClick, children }: Props) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={`mb-1 flex min-h-(--channel-row) w-full items-center gap-2 rounded-s px-2 text-start hover:underline [&_svg]:size-4 [&_svg]:shrink-0 ${calm ? "text-quiet" : "bg-warn-wash font-medium text-warn-text"}`}
    >
      {icon}
      <span className="min-w-0 flex-1 wrap-anywhere">{children}</span>
    </button>
  );
}
