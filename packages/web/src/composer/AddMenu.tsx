import type { Channel } from "@multichat/client/contract";
import { Paperclip, Plus, SmilePlus } from "lucide-react";
import { useRef } from "react";
import { Menu, type MenuItem } from "../design/Menu.tsx";
import { t } from "../i18n/messages.ts";
import { kinds } from "../kinds/kinds.tsx";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { openSheet } from "../state/store.ts";
import { FileInput } from "./FileInput.tsx";

/** What can be sent beside text. */
interface Props {
  channel: Channel;
  /** Polls and lists have no place in a thread. */
  inThread: boolean;
  /** Why files cannot be attached, or null. */
  why: string | null;
  onEmoji(): void;
  onFiles(files: readonly File[]): void;
}

export function AddMenu({ channel, inThread, why, onEmoji, onFiles }: Props) {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  const file: MenuItem = {
    label: t("files.attach"),
    icon: <Paperclip />,
    why,
    onSelect: () => input.current?.click(),
  };
  return (
    <>
      <FileInput ref={input} onFiles={onFiles} />
      <Menu
        label={t("kinds.add")}
        button={<Plus aria-hidden="true" className="size-4.5" />}
        buttonClass="m-1 me-0 tight:me-auto grid size-9 shrink-0 place-items-center rounded-s text-quiet hover:bg-hover hover:text-text aria-expanded:bg-pressed pointer-coarse:size-11 pointer-coarse:my-0 pointer-coarse:ms-0"
        items={() => [
          { label: t("emoji.title"), icon: <SmilePlus />, onSelect: onEmoji },
          file,
          ...kinds.map(({ kind, label, icon }) => ({
            label: t(label),
            icon,
            why: inThread ? t("kinds.notInThread") : whyNot(channel, "send"),
            onSelect: () =>
              openSheet(app, { kind: "create-content", channel: channel.id, content: kind }),
          })),
        ]}
      />
    </>
  );
}
