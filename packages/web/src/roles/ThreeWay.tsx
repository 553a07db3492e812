import { Check, Minus, X } from "lucide-react";
import { useId } from "react";
import { t } from "../i18n/messages.ts";

export const stances = ["deny", "inherit", "allow"] as const;
export type Stance = (typeof stances)[number];

const icons = { deny: <X />, inherit: <Minus />, allow: <Check /> };
const looks = {
  deny: "has-checked:bg-bad-wash has-checked:text-bad-text",
  inherit: "has-checked:bg-pressed",
  allow: "has-checked:bg-accent-wash has-checked:text-accent-text",
};

interface Props {
  label: string;
  value: Stance;
  why: string | null;
  disabled: boolean;
  onChoose(stance: Stance): void;
}

/** Denied, as the roles say, or allowed. */
export function ThreeWay({ label, value, why, disabled, onChoose }: Props) {
  const id = useId();
  return (
    <fieldset disabled={disabled || why !== null} aria-describedby={why ? `${id}-why` : undefined} className="flex min-h-12 min-w-0 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
      <legend className="float-start min-w-0 flex-1 basis-40 wrap-anywhere">
        {label}
        {why && (
          <span id={`${id}-why`} className="block text-12 text-warn-text">
            {why}
          </span>
        )}
      </legend>
      <div className="flex shrink-0 overflow-hidden rounded-s border border-control">
        {stances.map((stance) => (
          <label
            key={stance}
            title={t(`stance.${stance}`)}
            className={`grid size-9 cursor-pointer place-items-center border-s border-line first:border-s-0 hover:bg-hover has-checked:font-bold has-disabled:cursor-not-allowed has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent pointer-coarse:size-11 [&_svg]:size-4 ${looks[stance]}`}
          >
            <input type="radio" name={id} checked={stance === value} onChange={() => onChoose(stance)} className="sr-only" />
            <span aria-hidden="true">{icons[stance]}</span>
            <span className="sr-only">{t(`stance.${stance}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
