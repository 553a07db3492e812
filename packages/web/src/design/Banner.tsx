import type { ReactNode } from "react";

const looks = {
  calm: "bg-sunken text-text border-line",
  warn: "bg-warn-wash text-warn-text border-warn",
  bad: "bg-bad-wash text-bad-text border-bad",
};

interface Props {
  kind: keyof typeof looks;
  icon?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** A sentence across the top, and at most one thing to do about it. */
export function Banner({ kind, icon, action, children }: Props) {
  return (
    <div role="status" className={`flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2 text-13 [&_svg]:size-4 [&_svg]:shrink-0 ${looks[kind]}`}>
      {icon}
      <p className="min-w-0 flex-1 basis-60">{children}</p>
      {action}
    </div>
  );
}
