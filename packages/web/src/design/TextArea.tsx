import { useId, type ComponentProps } from "react";

interface Props extends ComponentProps<"textarea"> {
  label: string;
  hint?: string;
  /** For codes and words that are typed letter by letter. */
  mono?: boolean;
  problem?: string | null;
}

/** A labelled input of several lines. */
export function TextArea({ label, hint, problem, mono = false, className = "", ...rest }: Props) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-13 font-medium">
        {label}
      </label>
      <textarea
        id={id}
        dir="auto"
        data-autofocus={rest.autoFocus || undefined}
        aria-invalid={problem ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={`block w-full resize-none rounded-s border bg-surface px-3 py-2 ${mono ? "font-mono" : ""} ${problem ? "border-bad" : "border-control"}`}
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
