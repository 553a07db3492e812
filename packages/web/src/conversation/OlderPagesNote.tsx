import type { Id } from "@multichat/client/contract";
import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { loadOlder } from "../state/loading.ts";
import type { Timeline } from "../state/timeline.ts";

/** At the top of the list: older messages are on their way, or could not be fetched. */
export function OlderPagesNote({ of, timeline, nearStart }: { of: Id; timeline: Timeline; nearStart: boolean }) {
  const app = useApp();
  if (!nearStart || !timeline.hasOlder) return null;
  if (timeline.problem) {
    return (
      <div role="alert" className="absolute inset-x-0 top-0 flex flex-wrap items-center justify-center gap-3 border-b border-line bg-raised px-4 py-2 text-13">
        {timeline.problem}
        <Button onClick={() => void loadOlder(app, of)}>{t("retry")}</Button>
      </div>
    );
  }
  if (timeline.loading !== "older") return null;
  return (
    <p className="pointer-events-none absolute inset-x-0 top-2 text-center text-12 text-quiet">
      <span className="rounded-full bg-raised px-3 py-1">{t("messages.loadingOlder")}</span>
    </p>
  );
}
