import type { Space } from "@multichat/client/contract";
import { Bookmark, Inbox, MessageSquareText } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "../i18n/messages.ts";
import type { SpaceList } from "../state/address.ts";
import { useAppState } from "../state/context.tsx";
import { SidebarLink } from "./SidebarLink.tsx";

/** Above the channels: what is gathered from all of them. */
export function ListLinks({ space }: { space: Space }) {
  const unread = useAppState((s) => Object.values(s.channels).reduce((sum, channel) => (channel.space === space.id ? sum + channel.threadsUnread : sum), 0));
  const shown = useAppState((s) => (s.route.at === "space" ? s.route.list : null));
  const link = (list: SpaceList, icon: ReactNode, label: string, count = 0) => (
    <SidebarLink to={{ at: "space", space: space.id, channel: null, pane: null, list }} current={shown === list} icon={icon} unread={count}>
      <span className="min-w-0 flex-1 truncate">{label}</span>
    </SidebarLink>
  );
  return (
    <ul className="mb-3 [&_svg]:size-4">
      {link("catch-up", <Inbox />, t("catchUp.title"))}
      {link("threads", <MessageSquareText />, t("threads.title"), unread)}
      {link("saved", <Bookmark />, t("saved.title"))}
    </ul>
  );
}
