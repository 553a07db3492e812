import type { Space } from "@multichat/client/contract";
import { Bell, ChevronDown, Hash, Lock, LogOut, Settings, UserPlus, Users } from "lucide-react";
import { Menu, type MenuItem } from "../design/Menu.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { navigate } from "../state/route.ts";
import { defaultChannel } from "../state/selectors.ts";
import { openSettings } from "../state/settings-place.ts";
import { openSheet, type Sheet } from "../state/store.ts";

/** The workspace's name, and what can be done with the workspace. */
export function SpaceMenu({ space }: { space: Space }) {
  const app = useApp();
  const open = (sheet: Sheet) => () => openSheet(app, sheet);
  const items = (): MenuItem[] => [
    { label: t("invite.action"), icon: <UserPlus />, why: whyNot(space, "invite"), onSelect: open({ kind: "invite", space: space.id }) },
    {
      label: t("channel.create"),
      icon: <Hash />,
      why: whyNot(space, "manage-channels"),
      onSelect: open({ kind: "create-channel", space: space.id }),
    },
    {
      label: t("private.create"),
      icon: <Lock />,
      why: whyNot(space, "invite"),
      onSelect: open({ kind: "create-private", space: space.id }),
    },
    {
      label: t("members.title"),
      icon: <Users />,
      onSelect: () => {
        const channel = defaultChannel(app.store.getState(), space.id);
        if (channel) navigate(app, { at: "space", space: space.id, channel: channel.id, pane: "members" });
      },
    },
    {
      label: t("notify.action"),
      icon: <Bell />,
      onSelect: open({ kind: "notify", scope: "space", id: space.id, name: space.name }),
    },
    {
      label: t("settings.ofWorkspace"),
      icon: <Settings />,
      onSelect: () => openSettings(app, { space: space.id, section: null }),
    },
    {
      label: t(space.removed ? "forget.action" : "leave.action"),
      icon: <LogOut />,
      danger: true,
      onSelect: open({ kind: "leave", space: space.id }),
    },
  ];
  return (
    <Menu
      label={t("workspace.menu", { name: space.name })}
      buttonClass="flex min-h-9 w-full min-w-0 items-center gap-1 rounded-s px-2 text-start text-15 font-bold hover:bg-hover pointer-coarse:min-h-11"
      button={
        <>
          <bdi className="min-w-0 truncate" title={space.name}>
            {space.name}
          </bdi>
          <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-quiet" />
        </>
      }
      items={items}
    />
  );
}
