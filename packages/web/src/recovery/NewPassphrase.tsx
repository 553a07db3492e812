import { Field } from "../design/Field.tsx";
import { t } from "../i18n/messages.ts";
import { passphraseStrength, strengths } from "./passphrase-strength.ts";

export interface TypedPassphrase {
  first: string;
  again: string;
}

/** Why it cannot be used yet: too short to be one, or not typed the same twice. */
export function whyUnusable({ first, again }: TypedPassphrase): string | null {
  if (first.length < shortest) return t("passphrase.tooShort", { shortest });
  return first === again ? null : t("passphrase.twice");
}

const shortest = 8;
const colours = { weak: "bg-bad", fair: "bg-warn", good: "bg-good" };

/** A new passphrase, typed twice, with a hint how hard it is to guess. */
export function NewPassphrase({ value, onChange }: { value: TypedPassphrase; onChange(value: TypedPassphrase): void }) {
  const { first, again } = value;
  const strength = passphraseStrength(first);
  return (
    <div className="space-y-4">
      <div>
        <Field
          label={t("passphrase.new")}
          hint={t("passphrase.hint", { shortest })}
          type="password"
          autoComplete="new-password"
          value={first}
          onChange={(event) => onChange({ first: event.target.value, again })}
        />
        <div className="mt-2 flex min-h-5 items-center gap-2">
          <span aria-hidden="true" className="flex gap-1">
            {strengths.map((name, index) => (
              <span key={name} className={`h-1 w-8 rounded-full ${first && index <= strengths.indexOf(strength) ? colours[strength] : "bg-line"}`} />
            ))}
          </span>
          <span role="status" className="text-13 text-quiet">
            {first && t(`passphrase.strength.${strength}`)}
          </span>
        </div>
      </div>
      <Field
        label={t("passphrase.again")}
        problem={again && !first.startsWith(again) ? t("passphrase.differ") : null}
        type="password"
        autoComplete="new-password"
        value={again}
        onChange={(event) => onChange({ first, again: event.target.value })}
      />
    </div>
  );
}
