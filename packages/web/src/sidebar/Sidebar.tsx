/** The channels of the workspace, the unread ones first, and at the foot how it is connected. */
import type { Channel, Space } from "@multichat/client/contract";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { onePane, useNarrower } from "../state/panes.ts";
import { IconButton } from "../design/IconButton.tsx";
import { ResizeHandle } from "../design/ResizeHandle.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { ConnectionLine } from "../connections/ConnectionLine.tsx";
import { PhraseReminder } from "../first-run/PhraseReminder.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { sidebarChannels } from "../state/selectors.ts";
import { openSheet } from "../state/store.ts";
import { ChannelList } from "./ChannelList.tsx";
import { DirectList } from "./DirectList.tsx";
import { ListLinks } from "./ListLinks.tsx";
import { SpaceMenu } from "./SpaceMenu.tsx";
import { WaitingLinks } from "./WaitingLinks.tsx";

export function Sidebar({ space, headingLevel }: { space: Space; headingLevel: 1 | 2 }) {
  const app = useApp();
  const narrow = useNarrower(onePane);
  const channels = useAppState((s) => s.channels);
  const spaces = useAppState((s) => s.spaces);
  const current = useAppState((s) => (s.route.at === "space" ? s.route.channel : null));
  const list = useMemo(() => sidebarChannels({ channels, spaces }, space.id), [channels, spaces, space.id]);
  const unread = useUnread(list, current);
  const read = list.filter((channel) => !unread.includes(channel));
  const Heading = headingLevel === 1 ? "h1" : "h2";
  const sectionLevel = headingLevel === 1 ? 2 : 3;

  return (
    <section
      aria-label={t("sidebar.workspace", { name: space.name })}
      className="relative flex min-w-0 shrink-0 flex-col border-e border-line bg-sunken max-two:flex-1 max-two:border-e-0 two:w-(--sidebar-width,16rem)"
    >
      <header className="flex h-13 shrink-0 items-center border-b border-line px-2">
        <Heading className="min-w-0 flex-1">
          <SpaceMenu space={space} />
        </Heading>
      </header>
      <nav aria-label={t("sidebar.label")} className="min-h-0 flex-1 overflow-y-auto px-2 py-3">
        <WaitingLinks space={space} />
        <ListLinks space={space} />
        {unread.length > 0 && <ChannelList headingLevel={sectionLevel} title={t("sidebar.unread")} channels={unread} current={current} />}
        <ChannelList
          headingLevel={sectionLevel}
          title={t("sidebar.channels")}
          channels={read}
          current={current}
          action={
            <IconButton
              label={t("channel.create")}
              icon={<Plus />}
              why={whyNot(space, "manage-channels")}
              onClick={() => openSheet(app, { kind: "create-channel", space: space.id })}
            />
          }
        />
        {list.length === 0 && <ChannelSkeletons />}
        <DirectList headingLevel={sectionLevel} current={current} />
      </nav>
      <PhraseReminder />
      <ConnectionLine space={space} />
      {!narrow && (
        <ResizeHandle label={t("resize.sidebar")} property="--sidebar-width" initial={256} min={200} max={420} edge="end" />
      )}
    </section>
  );
}

/** A channel that was unread when it was opened stays where it is until another is opened. */
function useUnread(list: readonly Channel[], current: string | null): Channel[] {
  const [held, setHeld] = useState<{ channel: string | null; unread: boolean } | null>(null);
  const opened = list.find((channel) => channel.id === current);
  if (opened && held?.channel !== current) setHeld({ channel: current, unread: opened.unread > 0 });
  return list.filter((channel) => (channel.id === current ? held?.unread === true : channel.unread > 0));
}

function ChannelSkeletons() {
  return (
    <div className="space-y-2.5 px-2 pt-1">
      <Skeleton className="h-4 w-32" />
      <Skeleton className="h-4 w-24" />
    </div>
  );
}
