import type { ComponentProps, ReactNode } from "react";
import { useReason } from "./use-reason.tsx";

interface Props extends Omit<ComponentProps<"button">, "aria-label" | "title"> {
  label: string;
  icon: ReactNode;
  /** Why it cannot be used. */
  why?: string | null | undefined;
}

/** A button with only an icon: its label is read out and shown on hover. */
export function IconButton({ label, icon, className = "", why, ...rest }: Props) {
  const { guard, reason } = useReason(why);
  return (
    <>
      <button
        type="button"
        aria-label={label}
        title={label}
        className={`inline-grid size-8 shrink-0 place-items-center rounded-s text-quiet transition-colors hover:bg-hover hover:text-text disabled:opacity-50 aria-disabled:opacity-50 aria-pressed:bg-pressed aria-pressed:text-text pointer-coarse:size-11 [&_svg]:size-4.5 ${className}`}
        {...rest}
        {...guard}
      >
        {icon}
      </button>
      {reason}
    </>
  );
}
