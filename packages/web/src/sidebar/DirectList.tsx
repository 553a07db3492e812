import { Inbox, SquarePen } from "lucide-react";
import { useMemo } from "react";
import { IconButton } from "../design/IconButton.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { conversationsOf } from "../state/places.ts";
import { openSheet } from "../state/store.ts";
import { useListed } from "../state/use-listed.ts";
import { ChannelList } from "./ChannelList.tsx";
import { WaitingLink } from "./WaitingLink.tsx";

/** Conversations with people, whatever workspace is looked at, and those that strangers ask for. */
export function DirectList({ headingLevel, current }: { headingLevel: 2 | 3; current: string | null }) {
  const app = useApp();
  const spaces = useAppState((s) => s.spaces);
  const channels = useAppState((s) => s.channels);
  const direct = useMemo(() => conversationsOf({ spaces, channels }).map(({ channel }) => channel), [spaces, channels]);
  const requests = useListed("request.list", {}, "requests", null).value?.requests.length ?? 0;
  return (
    <ChannelList
      headingLevel={headingLevel}
      title={t("direct.title")}
      channels={direct}
      current={current}
      action={<IconButton label={t("direct.new")} icon={<SquarePen />} onClick={() => openSheet(app, { kind: "new-message" })} />}
    >
      {requests > 0 && (
        <WaitingLink icon={<Inbox />} onClick={() => openSheet(app, { kind: "requests" })}>
          {t("requests.waiting", { count: requests })}
        </WaitingLink>
      )}
    </ChannelList>
  );
}
