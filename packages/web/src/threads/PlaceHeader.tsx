import type { Space } from "@multichat/client/contract";
import { ArrowLeft } from "lucide-react";
import { IconButton } from "../design/IconButton.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { navigate } from "../state/route.ts";

/** Above a list that stands in place of a channel. */
export function PlaceHeader({ space, title }: { space: Space; title: string }) {
  const app = useApp();
  return (
    <header className="flex h-13 shrink-0 items-center gap-1 border-b border-line ps-4 pe-2 max-two:ps-1">
      <IconButton
        label={t("conversation.back")}
        icon={<ArrowLeft />}
        className="two:hidden"
        onClick={() => navigate(app, { at: "space", space: space.id, channel: null, pane: null })}
      />
      <h1 className="min-w-0 flex-1 truncate text-17 font-bold">{title}</h1>
    </header>
  );
}
