import type { Message } from "@multichat/client/contract";
import { Copy, Ellipsis, Flag, Trash2 } from "lucide-react";
import { copyText } from "../design/copy-text.ts";
import { IconButton } from "../design/IconButton.tsx";
import { Menu, type MenuItem } from "../design/Menu.tsx";
import { t } from "../i18n/messages.ts";
import { whyNotDelete } from "../moderation/why-not-delete.ts";
import { useApp } from "../state/context.tsx";
import { openSheet, type App } from "../state/store.ts";

/** Floats over the row's corner on hover, on Enter from the keyboard, and once the row was touched. */
export function RowActions({ message }: { message: Message }) {
  const app = useApp();
  if (message.wanted || message.deleted || message.position === "") return null;
  return (
    <div
      data-actions
      className="absolute end-12 -top-4 flex rounded-s border border-line bg-raised opacity-0 shadow-float group-hover:opacity-100 focus-within:opacity-100 pointer-coarse:hidden pointer-coarse:group-focus-within:flex pointer-coarse:group-focus:flex"
    >
      <IconButton label={t("messages.copy")} icon={<Copy />} tabIndex={-1} onClick={() => void copyText(message.text)} />
      <Menu
        label={t("messages.more")}
        button={<Ellipsis aria-hidden="true" />}
        buttonClass="inline-grid size-8 place-items-center rounded-s text-quiet hover:bg-hover hover:text-text aria-expanded:bg-pressed pointer-coarse:size-11 [&_svg]:size-[18px]"
        tabIndex={-1}
        align="end"
        items={() => actionsFor(app, message)}
      />
    </div>
  );
}

function actionsFor(app: App, message: Message): MenuItem[] {
  const space = app.store.getState().spaces[message.space];
  if (!space) return [];
  return [
    ...(message.own || space.kind === "direct"
      ? []
      : [{ label: t("messages.report"), icon: <Flag />, why: space.readOnly, onSelect: () => openSheet(app, { kind: "report", message }) }]),
    {
      label: t("messages.delete"),
      icon: <Trash2 />,
      danger: true,
      why: whyNotDelete(app.store.getState(), message),
      onSelect: () => openSheet(app, { kind: "delete-message", message }),
    },
  ];
}
