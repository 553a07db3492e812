import type { Channel } from "@multichat/client/contract";
import { memo } from "react";
import { t } from "../i18n/messages.ts";
import { PresenceMark } from "../presence/PresenceWords.tsx";
import { useAppState } from "../state/context.tsx";
import { placeName } from "../state/places.ts";
import { PlaceIcon } from "./PlaceIcon.tsx";
import { SidebarLink } from "./SidebarLink.tsx";

export const ChannelLink = memo(function ChannelLink({ channel, current }: { channel: Channel; current: boolean }) {
  const space = useAppState((s) => s.spaces[channel.space]);
  const name = space ? placeName(space, channel) : channel.name;
  const [person, ...more] = space?.kind === "direct" ? space.people : [];
  const failed = useAppState((s) => Object.values(s.outgoing).some((list) => list.some((outgoing) => outgoing.channel === channel.id && outgoing.state === "failed")));
  return (
    <SidebarLink
      to={{ at: "space", space: channel.space, channel: channel.id, pane: null }}
      current={current}
      icon={<PlaceIcon kind={space?.kind ?? "team"} people={space?.people ?? []} type={channel.type} />}
      unread={current ? 0 : channel.unread}
      mentions={channel.mentions}
    >
      <span className="flex min-w-0 flex-1 items-center gap-1.5">
        <span dir="auto" className="min-w-0 truncate" title={name}>
          {name}
          {space?.kind === "private" && <span className="sr-only"> {t("private.mark")}</span>}
        </span>
        {person && more.length === 0 && <PresenceMark account={person.id} />}
      </span>
      {failed && (
        <span className="text-12 font-medium text-bad-text" title={t("sidebar.unsent")}>
          {t("sidebar.unsentShort")}
        </span>
      )}
    </SidebarLink>
  );
});
