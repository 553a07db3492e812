import type { Id, Message } from "@multichat/client/contract";
import { Ellipsis } from "lucide-react";
import { IconButton } from "../design/IconButton.tsx";
import { Menu } from "../design/Menu.tsx";
import { useMedia } from "../design/use-media.ts";
import { recentEmoji } from "../emoji/recent.ts";
import { t } from "../i18n/messages.ts";
import { react } from "../state/message-deeds.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { messageActions, type MessageAction } from "./message-actions.tsx";

/** Beside the row's corner; everything else is behind the last button. */
const inBar: readonly MessageAction["id"][] = ["react", "reply", "thread", "edit"];
const quickReactions = 3;

/** Floats over the row's corner on hover, on Enter from the keyboard, and once the row was touched. */
export function RowActions({ message, timeline }: { message: Message; timeline: Id }) {
  const app = useApp();
  // What one may do here can change while it is in sight.
  useAppState((s) => s.channels[message.channel]);
  useAppState((s) => s.spaces[message.space]);
  const touch = useMedia("(pointer: coarse)");
  const actions = messageActions(app, message, timeline);
  const bar = actions.filter(({ id }) => inBar.includes(id) && (!touch || id === "react" || id === "reply"));
  const mayReact = !actions.find(({ id }) => id === "react")?.why;
  return (
    <div
      data-actions
      className="absolute end-12 -top-4 z-10 flex rounded-s border border-line bg-raised opacity-0 shadow-float group-hover:opacity-100 focus-within:opacity-100 has-[:popover-open]:opacity-100 max-two:end-3 pointer-coarse:hidden pointer-coarse:group-focus-within:flex pointer-coarse:group-focus:flex pointer-coarse:has-[:popover-open]:flex pointer-coarse:opacity-100"
    >
      {mayReact &&
        !touch &&
        recentEmoji(quickReactions).map((emoji) => (
          <IconButton
            key={emoji}
            label={t("message.reactWith", { emoji })}
            icon={<span className="text-17">{emoji}</span>}
            tabIndex={-1}
            onClick={() => void react(app, message, emoji, !message.reactions.some((one) => one.emoji === emoji && one.own))}
          />
        ))}
      {bar.map(({ id, label, icon, why, run }) => (
        <IconButton key={id} label={label} icon={icon} why={why} tabIndex={-1} onClick={(event) => run(event.currentTarget)} />
      ))}
      <Menu
        label={t("messages.more")}
        button={<Ellipsis aria-hidden="true" />}
        buttonClass="inline-grid size-8 place-items-center rounded-s text-quiet hover:bg-hover hover:text-text aria-expanded:bg-pressed pointer-coarse:size-11 [&_svg]:size-4.5"
        tabIndex={-1}
        align="end"
        items={() =>
          messageActions(app, message, timeline)
            .filter(({ id }) => !bar.some((shown) => shown.id === id))
            .map(({ run, ...item }) => ({ ...item, onSelect: () => run(document.activeElement as HTMLElement) }))
        }
      />
    </div>
  );
}
