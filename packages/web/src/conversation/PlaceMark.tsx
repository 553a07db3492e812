import type { Channel, Space } from "@multichat/client/contract";
import { Lock } from "lucide-react";
import { t } from "../i18n/messages.ts";
import { ChannelTypeIcon } from "../sidebar/channel-types.tsx";

interface Props {
  kind: Space["kind"];
  type: Channel["type"];
}

const beside = "me-1.5 inline size-[0.8em] shrink-0 align-baseline text-quiet";

/** Before a place's name: a number sign, what its type of channel has, or a lock. People need none. */
export function PlaceMark({ kind, type }: Props) {
  if (kind === "direct") return null;
  if (kind === "private") {
    return (
      <>
        <Lock aria-hidden="true" className={beside} />
        <span className="sr-only">{t("private.mark")} </span>
      </>
    );
  }
  if (type !== "text") return <ChannelTypeIcon type={type} className={beside} />;
  return (
    <span aria-hidden="true" className="me-0.5 font-normal text-quiet">
      #
    </span>
  );
}
