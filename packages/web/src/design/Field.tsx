import type { ComponentProps, ReactNode } from "react";
import { Labelled, verbatimInput } from "./Labelled.tsx";

interface Props extends ComponentProps<"input"> {
  label: string;
  hint?: ReactNode;
  problem?: string | null;
  large?: boolean;
  /** For codes: nothing is corrected. */
  verbatim?: boolean;
}

/** A labelled text input; what is wrong with it stays next to it and is read out. */
export function Field({ label, hint, problem, large = false, verbatim = false, className, ...rest }: Props) {
  return (
    <Labelled label={label} hint={hint} problem={problem} className={className}>
      {(tied) => (
        <input
          {...tied}
          dir={verbatim ? "ltr" : "auto"}
          data-autofocus={rest.autoFocus || undefined}
          className={`w-full rounded-s border bg-surface px-3 ${large ? "min-h-12 text-17" : "min-h-10 text-15 pointer-coarse:min-h-11"} ${problem ? "border-bad" : "border-control"}`}
          {...(verbatim && verbatimInput)}
          {...rest}
        />
      )}
    </Labelled>
  );
}
