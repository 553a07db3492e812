import type { Space } from "@multichat/client/contract";
import { ChevronDown, Hash, LogOut, Settings, UserPlus, Users } from "lucide-react";
import { Menu, type MenuItem } from "../design/Menu.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { may } from "../state/permissions.ts";
import { navigate } from "../state/route.ts";
import { defaultChannel } from "../state/selectors.ts";
import { openSettings } from "../state/settings-place.ts";
import { openSheet } from "../state/store.ts";

/** The workspace's name, and what can be done with the workspace. */
export function SpaceMenu({ space }: { space: Space }) {
  const app = useApp();
  const items: MenuItem[] = [
    ...(may(space, "invite")
      ? [{ label: t("invite.action"), icon: <UserPlus />, onSelect: () => openSheet(app, { kind: "invite", space: space.id }) }]
      : []),
    ...(may(space, "createChannel")
      ? [{ label: t("channel.create"), icon: <Hash />, onSelect: () => openSheet(app, { kind: "create-channel", space: space.id }) }]
      : []),
    {
      label: t("members.title"),
      icon: <Users />,
      onSelect: () => {
        const channel = defaultChannel(app.store.getState(), space.id);
        if (channel) navigate(app, { at: "space", space: space.id, channel: channel.id, pane: "members" });
      },
    },
    {
      label: t("settings.ofWorkspace"),
      icon: <Settings />,
      onSelect: () => openSettings(app, { space: space.id, section: null }),
    },
    {
      label: t("leave.action"),
      icon: <LogOut />,
      danger: true,
      onSelect: () => openSheet(app, { kind: "leave", space: space.id }),
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
