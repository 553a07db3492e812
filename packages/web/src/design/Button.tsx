import type { ComponentProps } from "react";
import { useReason } from "./use-reason.tsx";

export const buttonKinds = ["primary", "plain", "quiet", "danger"] as const;
type Kind = (typeof buttonKinds)[number];

const looks: Record<Kind, string> = {
  // The border shows where the browser takes colours away.
  primary: "border border-transparent bg-accent text-on-accent hover:bg-accent-strong font-medium",
  plain: "border border-control bg-surface text-text hover:bg-sunken font-medium",
  quiet: "text-accent-text hover:bg-hover font-medium",
  danger: "border border-transparent bg-bad text-on-bad hover:bg-bad-strong font-medium",
};

interface Props extends ComponentProps<"button"> {
  kind?: Kind;
  large?: boolean;
  /** Why it cannot be used. */
  why?: string | null | undefined;
}

/** A button with words. */
export function Button({ kind = "plain", large = false, className = "", why, ...rest }: Props) {
  const { guard, reason } = useReason(why);
  const size = large ? "min-h-12 px-6 py-2 text-17" : "min-h-9 px-4 py-1.5 text-15 pointer-coarse:min-h-11";
  return (
    <>
      <button
        type="button"
        className={`inline-flex items-center justify-center gap-2 rounded-s transition-colors disabled:opacity-50 aria-disabled:opacity-50 ${size} ${looks[kind]} ${className}`}
        {...rest}
        {...guard}
      />
      {reason}
    </>
  );
}
