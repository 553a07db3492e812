import { useId } from "react";
import { t } from "../i18n/messages.ts";
import { ChannelTypeIcon, channelTypes, type ChannelType } from "./channel-types.tsx";

interface Props {
  value: ChannelType;
  onChoose(value: ChannelType): void;
  /** Who writes in a channel for announcements is a matter of roles. */
  whyNotAnnounce: string | null;
}

export function ChannelTypeChoice({ value, onChoose, whyNotAnnounce }: Props) {
  const name = useId();
  return (
    <fieldset className="mt-4">
      <legend className="mb-1.5 text-13 font-medium">{t("channel.type")}</legend>
      <div className="space-y-1.5">
        {channelTypes.map((type) => {
          const why = type === "announcement" ? whyNotAnnounce : null;
          return (
            <label
              key={type}
              className="flex cursor-pointer items-start gap-3 rounded-s border border-line px-3 py-2 hover:bg-hover has-checked:border-accent has-checked:bg-accent-wash has-disabled:cursor-not-allowed has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name={name}
                checked={value === type}
                disabled={why !== null}
                onChange={() => onChoose(type)}
                className="sr-only"
              />
              <ChannelTypeIcon type={type} className="mt-1 size-4 shrink-0 text-quiet" />
              <span className="min-w-0">
                <span className="block font-medium">{t(`channel.type.${type}`)}</span>
                <span className="block text-13 text-quiet">
                  {why ?? t(`channel.typeAbout.${type}`)}
                </span>
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
