import { useEffect } from "react";
import { useAppState } from "../state/context.tsx";

const plain = "/icon.svg";
const marked = "/icon-unread.svg";

/** A mark on the page's icon, and the number on that of the installed app, while something waits in the inbox. */
export function useBadge(): void {
  const unread = useAppState((s) => s.inboxUnread);
  useEffect(() => {
    document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.setAttribute("href", unread > 0 ? marked : plain);
    // Not all browsers have it, and some refuse it to pages that are not installed.
    if ("setAppBadge" in navigator) void (unread > 0 ? navigator.setAppBadge(unread) : navigator.clearAppBadge()).catch(() => undefined);
  }, [unread]);
}
