import type { Channel } from "@multichat/client/contract";
import { Plus } from "lucide-react";
import { Menu } from "../design/Menu.tsx";
import { t } from "../i18n/messages.ts";
import { kinds } from "../kinds/kinds.tsx";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { openSheet } from "../state/store.ts";

/** What can be sent beside text. */
export function AddMenu({ channel }: { channel: Channel }) {
  const app = useApp();
  return (
    <Menu
      label={t("kinds.add")}
      button={<Plus aria-hidden="true" className="size-4.5" />}
      buttonClass="m-1 me-0 grid size-9 shrink-0 place-items-center rounded-s text-quiet hover:bg-hover hover:text-text aria-expanded:bg-pressed pointer-coarse:size-11 pointer-coarse:m-0"
      items={() =>
        kinds.map(({ kind, label, icon }) => ({
          label: t(label),
          icon,
          why: whyNot(channel, "send"),
          onSelect: () =>
            openSheet(app, { kind: "create-content", channel: channel.id, content: kind }),
        }))
      }
    />
  );
}
