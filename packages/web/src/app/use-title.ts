import { useEffect } from "react";
import { t } from "../i18n/messages.ts";
import { useAppState } from "../state/context.tsx";
import { homeSpace, placeName } from "../state/places.ts";
import { shownChannel, shownSpace, totalUnread } from "../state/selectors.ts";

/** The window's title: "(3) general · Garden Club". */
export function useTitle(): void {
  const unread = useAppState(totalUnread);
  const channel = useAppState((s) => {
    const [at, shown] = [shownSpace(s), shownChannel(s)];
    return at && shown && placeName(at, shown);
  });
  const space = useAppState((s) => (shownSpace(s)?.kind === "direct" ? null : (homeSpace(s)?.name ?? null)));
  useEffect(() => {
    const where = [channel, space].filter(Boolean).join(" · ") || t("app.name");
    document.title = unread > 0 ? t("app.titleUnread", { count: unread, where }) : where;
  }, [unread, channel, space]);
}
