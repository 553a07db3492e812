import { useId, type ReactNode } from "react";

interface Props {
  label: string;
  hint?: ReactNode;
  /** What is wrong; takes the hint's place and is read out. */
  problem?: string | null | undefined;
  className?: string | undefined;
  /** Given what ties the control to its label and its note. */
  children(tied: Tied): ReactNode;
}

export interface Tied {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

/** A control with its label above and a note below: a hint, or what is wrong with what was entered. */
export function Labelled({ label, hint, problem, className, children }: Props) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-13 font-medium">
        {label}
      </label>
      {children({ id, "aria-invalid": problem ? true : undefined, "aria-describedby": note ? `${id}-note` : undefined })}
      {note && (
        <p id={`${id}-note`} role={problem ? "alert" : undefined} className={`mt-1.5 text-13 wrap-anywhere ${problem ? "text-bad-text" : "text-quiet"}`}>
          {note}
        </p>
      )}
    </div>
  );
}

/** For codes and words that have to be right letter by letter: the browser is to correct nothing. */
export const verbatimInput = { spellCheck: false, autoComplete: "off", autoCapitalize: "none", autoCorrect: "off" } as const;
