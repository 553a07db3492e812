import type { Channel } from "@multichat/client/contract";
import { memo } from "react";
import { moveFocus } from "../design/move-focus.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { formatRoute, type Route } from "../state/address.ts";
import { placeName } from "../state/places.ts";
import { navigate } from "../state/route.ts";
import { countText } from "./count-text.ts";
import { PlaceIcon } from "./PlaceIcon.tsx";

export const ChannelLink = memo(function ChannelLink({ channel, current }: { channel: Channel; current: boolean }) {
  const app = useApp();
  const space = useAppState((s) => s.spaces[channel.space]);
  const name = space ? placeName(space, channel) : channel.name;
  const failed = useAppState((s) => Object.values(s.outgoing).some((list) => list.some((outgoing) => outgoing.channel === channel.id && outgoing.state === "failed")));
  const route: Route = { at: "space", space: channel.space, channel: channel.id, pane: null };
  const unread = channel.unread > 0 && !current;
  return (
    <li>
      <a
        href={formatRoute(route)}
        aria-current={current ? "page" : undefined}
        onKeyDown={moveFocus}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          navigate(app, route);
        }}
        className={`flex min-h-(--channel-row) items-center gap-2 rounded-s px-2 transition-colors ${current ? "bg-accent-wash font-medium text-accent-text" : unread ? "font-bold text-text hover:bg-hover" : "text-quiet hover:bg-hover hover:text-text"}`}
      >
        <PlaceIcon kind={space?.kind ?? "team"} people={space?.people ?? []} type={channel.type} />
        <span dir="auto" className="min-w-0 flex-1 truncate" title={name}>
          {name}
          {space?.kind === "private" && <span className="sr-only"> {t("private.mark")}</span>}
        </span>
        {failed && (
          <span className="text-12 font-medium text-bad-text" title={t("sidebar.unsent")}>
            {t("sidebar.unsentShort")}
          </span>
        )}
        {unread && (
          <span className="min-w-5 rounded-full bg-accent px-1.5 text-center text-12 font-bold text-on-accent tabular-nums">
            <span aria-hidden="true">{countText(channel.unread)}</span>
            <span className="sr-only">{t("sidebar.unreadCount", { count: channel.unread })}</span>
          </span>
        )}
      </a>
    </li>
  );
});
