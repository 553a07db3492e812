import { AtSign } from "lucide-react";
import type { ReactNode } from "react";
import { moveFocus } from "../design/move-focus.ts";
import { t } from "../i18n/messages.ts";
import { formatRoute, type Route } from "../state/address.ts";
import { useApp } from "../state/context.tsx";
import { openAhead } from "../state/loading.ts";
import { navigate } from "../state/route.ts";
import { countText } from "./count-text.ts";

interface Props {
  to: Route;
  /** It is what is looked at. */
  current: boolean;
  icon: ReactNode;
  /** How much of it was not read; 0: all was, or it does not count here. */
  unread: number;
  /** How much of that calls this person. */
  mentions?: number;
  children: ReactNode;
}

/** A line of the sidebar that leads to a channel or to what is gathered from several. */
export function SidebarLink({ to, current, icon, unread, mentions = 0, children }: Props) {
  const app = useApp();
  const look = current
    ? "bg-accent-wash font-medium text-accent-text"
    : unread > 0
      ? "font-bold text-text hover:bg-hover"
      : "text-quiet hover:bg-hover hover:text-text";
  return (
    <li>
      <a
        href={formatRoute(to)}
        aria-current={current ? "page" : undefined}
        onKeyDown={moveFocus}
        onPointerDown={(event) => event.button === 0 && openAhead(app, to)}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          navigate(app, to);
        }}
        className={`flex min-h-(--channel-row) items-center gap-2 rounded-s px-2 transition-colors [&_svg]:shrink-0 ${look}`}
      >
        {icon}
        {children}
        {unread > 0 && mentions > 0 && (
          <span title={t("catchUp.mentions", { count: mentions })} className="text-accent-text">
            <AtSign aria-hidden="true" className="size-4" />
            <span className="sr-only">{t("catchUp.mentions", { count: mentions })}</span>
          </span>
        )}
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
