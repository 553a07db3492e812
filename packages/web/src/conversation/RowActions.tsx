import type { Message } from "@multichat/client/contract";
import { Copy } from "lucide-react";
import { copyText } from "../design/copy-text.ts";
import { IconButton } from "../design/IconButton.tsx";
import { t } from "../i18n/messages.ts";

/** Floats over the row's corner on hover, and on Enter from the keyboard. */
export function RowActions({ message }: { message: Message }) {
  if (message.wanted) return null;
  return (
    <div
      data-actions
      className="absolute end-12 -top-4 rounded-s border border-line bg-raised opacity-0 shadow-float group-hover:opacity-100 focus-within:opacity-100 pointer-coarse:hidden"
    >
      <IconButton
        label={t("messages.copy")}
        icon={<Copy />}
        tabIndex={-1}
        onClick={() => void copyText(message.text)}
      />
    </div>
  );
}
