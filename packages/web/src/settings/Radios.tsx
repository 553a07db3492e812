import { useId } from "react";

interface Props<T extends string> {
  title: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChoose(value: T): void;
}

/** One of two or three, side by side. */
export function Radios<T extends string>({ title, value, options, onChoose }: Props<T>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-2 text-13 font-medium">{title}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex min-h-9 cursor-pointer items-center rounded-s border border-control px-3.5 py-1.5 hover:bg-hover has-checked:border-accent has-checked:bg-accent-wash has-checked:font-medium has-checked:text-accent-text has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:min-h-11"
          >
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
              className="sr-only"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
