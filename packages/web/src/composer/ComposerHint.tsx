import type { Space } from "@multichat/client/contract";
import { LockKeyhole } from "lucide-react";
import { t } from "../i18n/messages.ts";
import { useAppState } from "../state/context.tsx";

/** Who may read what is being written and, when nobody is in reach, what happens to it. */
export function ComposerHint({ space }: { space: Space }) {
  const link = useAppState((s) => s.link);
  const offline = useAppState((s) => s.status?.problems.some(({ code }) => code === "offline") ?? false);
  const { connected, of } = space.connection;
  const away = link !== "open";
  const unreachable = !away && of > 0 && (offline || connected === 0);
  return (
    <p id="composer-hint" className="mt-1.5 flex min-h-4 items-start gap-1.5 text-12 text-quiet">
      <LockKeyhole aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
      <span>
        {t("composer.whoReads", { count: space.members })}
        {away && ` ${t("composer.away")}`}
        {unreachable && ` ${t("composer.offline")}`}
      </span>
    </p>
  );
}
