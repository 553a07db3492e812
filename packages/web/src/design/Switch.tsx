import { useId } from "react";

interface Props {
  label: string;
  about?: string | undefined;
  checked: boolean;
  /** Why it cannot be changed: shown in place of what it is about. */
  why?: string | null | undefined;
  disabled?: boolean;
  onChange(checked: boolean): void;
}

/** On or off, with a line that says what that means. */
export function Switch({ label, about, checked, why, disabled = false, onChange }: Props) {
  const id = useId();
  const off = disabled || Boolean(why);
  return (
    <label className="flex min-h-11 cursor-pointer items-start gap-3 rounded-s py-2 has-disabled:cursor-not-allowed">
      <span className="relative mt-0.5 inline-flex shrink-0">
        <input
          type="checkbox"
          role="switch"
          checked={checked}
          aria-checked={checked}
          disabled={off}
          aria-describedby={about || why ? id : undefined}
          onChange={(event) => onChange(event.target.checked)}
          className="peer h-5 w-9 cursor-pointer appearance-none rounded-full border border-control bg-sunken transition-colors checked:border-accent checked:bg-accent disabled:cursor-not-allowed disabled:opacity-50"
        />
        <span className="pointer-events-none absolute start-[3px] top-[3px] size-3.5 rounded-full bg-control transition-[translate] peer-checked:translate-x-4 peer-checked:bg-on-accent rtl:peer-checked:-translate-x-4" />
      </span>
      <span className="min-w-0">
        <span className="block wrap-anywhere">{label}</span>
        {(about || why) && (
          <span id={id} className="block text-13 text-quiet wrap-anywhere">
            {about}
            {why && <span className="block text-warn-text">{why}</span>}
          </span>
        )}
      </span>
    </label>
  );
}
