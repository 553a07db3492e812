import { t } from "../i18n/messages.ts";

interface Props {
  /** Of the channel. */
  name: string;
  checked: boolean;
  onChange(checked: boolean): void;
}

/** A reply in a thread may be shown in the channel as well. */
export function AlsoInChannel({ name, checked, onChange }: Props) {
  return (
    <label className="mt-1 flex min-h-8 w-fit cursor-pointer items-center gap-2 text-13 pointer-coarse:min-h-11">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-accent"
      />
      {t("composer.also", { name })}
    </label>
  );
}
