import { useId, type ComponentProps } from "react";

interface Props<T extends string> extends Omit<ComponentProps<"select">, "value" | "onChange"> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChoose(value: T): void;
}

/** One of a few: the platform's own select, which every device and screen reader knows how to open. */
export function Choice<T extends string>({ label, value, options, onChoose, className = "", id: given, ...rest }: Props<T>) {
  const made = useId();
  const id = given ?? made;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-13 font-medium">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChoose(chosen.value);
        }}
        className="min-h-10 w-full rounded-s border border-control bg-surface px-2.5 text-15 pointer-coarse:min-h-11"
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
