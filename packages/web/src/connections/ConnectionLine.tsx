import type { Space } from "@multichat/client/contract";
import { useNow } from "../design/use-now.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { openSheet } from "../state/store.ts";
import { connectionText } from "./connection-text.ts";
import { LinkDot } from "./LinkDot.tsx";

/** "Connected to 3 of 5 members. Last synced just now." Opens the connections. */
export function ConnectionLine({ space }: { space: Space }) {
  const app = useApp();
  const now = useNow();
  const link = useAppState((s) => s.link);
  const offline = useAppState((s) => s.status?.problems.some(({ code }) => code === "offline") ?? false);
  const { text, detail, level } = connectionText(space, { running: link === "open", offline, now });
  return (
    <button
      type="button"
      onClick={() => openSheet(app, { kind: "connections" })}
      aria-label={`${text} ${detail} ${t("connections.open")}`}
      className="flex w-full shrink-0 items-start gap-2.5 border-t border-line px-4 py-2.5 text-start text-12 hover:bg-hover"
    >
      <LinkDot level={level} />
      <span>
        <span className="block font-medium">{text}</span>
        {detail && <span className="block text-quiet">{detail}</span>}
      </span>
    </button>
  );
}
