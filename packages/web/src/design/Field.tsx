import { useId, type ComponentProps, type ReactNode } from "react";

interface Props extends ComponentProps<"input"> {
  label: string;
  hint?: ReactNode;
  problem?: string | null;
  large?: boolean;
}

/** A labelled text input; what is wrong with it stays next to it and is read out. */
export function Field({ label, hint, problem, large = false, className = "", ...rest }: Props) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-13 font-medium">
        {label}
      </label>
      <input
        id={id}
        dir="auto"
        data-autofocus={rest.autoFocus || undefined}
        aria-invalid={problem ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={`w-full rounded-s border bg-surface px-3 ${large ? "min-h-12 text-17" : "min-h-10 text-15 pointer-coarse:min-h-11"} ${problem ? "border-bad" : "border-control"}`}
        {...rest}
      />
      {note && (
        <p id={`${id}-note`} role={problem ? "alert" : undefined} className={`mt-1.5 text-13 ${problem ? "text-bad-text" : "text-quiet"}`}>
          {note}
        </p>
      )}
    </div>
  );
}
