import type { Space } from "@multichat/client/contract";
import { Bookmark, Inbox, MessageSquareText } from "lucide-react";
import type { ReactNode } from "react";
import { moveFocus } from "../design/move-focus.ts";
import { t } from "../i18n/messages.ts";
import { formatRoute, type Route, type SpaceList } from "../state/address.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { countText } from "./count-text.ts";

/** Above the channels: what is gathered from all of them. */
export function ListLinks({ space }: { space: Space }) {
  const unread = useAppState((s) => Object.values(s.channels).reduce((sum, channel) => (channel.space === space.id ? sum + channel.threadsUnread : sum), 0));
  return (
    <ul className="mb-3">
      <ListLink space={space} list="catch-up" icon={<Inbox />} label={t("catchUp.title")} unread={0} />
      <ListLink space={space} list="threads" icon={<MessageSquareText />} label={t("threads.title")} unread={unread} />
      <ListLink space={space} list="saved" icon={<Bookmark />} label={t("saved.title")} unread={0} />
    </ul>
  );
}

function ListLink({ space, list, icon, label, unread }: { space: Space; list: SpaceList; icon: ReactNode; label: string; unread: number }) {
  const app = useApp();
  const current = useAppState((s) => s.route.at === "space" && s.route.list === list);
  const route: Route = { at: "space", space: space.id, channel: null, pane: null, list };
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
        className={`flex min-h-(--channel-row) items-center gap-2 rounded-s px-2 transition-colors [&_svg]:size-4 [&_svg]:shrink-0 ${current ? "bg-accent-wash font-medium text-accent-text" : unread > 0 ? "font-bold text-text hover:bg-hover" : "text-quiet hover:bg-hover hover:text-text"}`}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{label}</span>
        {unread > 0 && (
          <span className="min-w-5 rounded-full bg-accent px-1.5 text-center text-12 font-bold text-on-accent tabular-nums">
            <span aria-hidden="true">{countText(unread)}</span>
            <span className="sr-only">{t("sidebar.unreadCount", { count: unread })}</span>
          </span>
        )}
      </a>
    </li>
  );
}
