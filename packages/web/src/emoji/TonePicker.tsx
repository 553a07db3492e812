import { t } from "../i18n/messages.ts";
import { tones, withTone, type Tone } from "./skin-tone.ts";

const hand = "✋";

/** In which tone of skin hands and people are offered; each press takes the next. */
export function TonePicker({ tone, onChange }: { tone: Tone; onChange(tone: Tone): void }) {
  const label = t(`emoji.tone.${tone}`);
  return (
    <button
      type="button"
      aria-label={t("emoji.tone", { tone: label })}
      title={t("emoji.tone", { tone: label })}
      onClick={() => onChange(tones[(tone + 1) % tones.length]!)}
      className="grid size-8 shrink-0 place-items-center rounded-s text-17 hover:bg-hover pointer-coarse:size-11"
    >
      {withTone(hand, tone)}
    </button>
  );
}
