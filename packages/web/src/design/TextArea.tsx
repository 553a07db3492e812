import type { ComponentProps } from "react";
import { Labelled, verbatimInput } from "./Labelled.tsx";

interface Props extends ComponentProps<"textarea"> {
  label: string;
  hint?: string;
  problem?: string | null;
  /** For codes and words that are typed letter by letter: nothing is corrected. */
  verbatim?: boolean;
}

/** A labelled input of several lines. */
export function TextArea({ label, hint, problem, verbatim = false, className, ...rest }: Props) {
  return (
    <Labelled label={label} hint={hint} problem={problem} className={className}>
      {(tied) => (
        <textarea
          {...tied}
          dir={verbatim ? "ltr" : "auto"}
          data-autofocus={rest.autoFocus || undefined}
          className={`block w-full resize-none rounded-s border bg-surface px-3 py-2 ${verbatim ? "font-mono" : ""} ${problem ? "border-bad" : "border-control"}`}
          {...(verbatim && verbatimInput)}
          {...rest}
        />
      )}
    </Labelled>
  );
}
