/** Messages to a channel, or to a thread of one, that could not be stored: their text is kept here with what to do about it. */
import type { Id } from "@multichat/client/contract";
import { safeFileName } from "@multichat/client";
import { CircleAlert, Clock } from "lucide-react";
import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { dropMessage, retryMessage, type Outgoing } from "../state/sending.ts";

export function Unsent({ place }: { place: Id }) {
  const outgoing = useAppState((s) => s.outgoing[place]);
  const unsent =
    outgoing?.filter((item) => item.state === "waiting" || item.state === "failed") ?? [];
  if (unsent.length === 0) return null;
  return (
    <ul
      aria-label={t("unsent.label")}
      className="max-h-[40dvh] shrink-0 space-y-2 overflow-y-auto px-5 pb-2 max-two:px-3"
    >
      {unsent.map((item) => (
        <UnsentMessage key={item.key} place={place} outgoing={item} />
      ))}
    </ul>
  );
}

function UnsentMessage({ place, outgoing }: { place: Id; outgoing: Outgoing }) {
  const app = useApp();
  const waiting = outgoing.state === "waiting";
  const Icon = waiting ? Clock : CircleAlert;
  return (
    <li
      className={`rounded-m border px-3.5 py-2.5 ${waiting ? "border-line bg-sunken" : "border-bad bg-bad-wash"}`}
    >
      <p className="line-clamp-3 whitespace-pre-wrap wrap-anywhere" dir="auto">
        {outgoing.text || outgoing.files.map(({ name }) => safeFileName(name)).join(", ")}
      </p>
      <div className="mt-1.5 flex flex-wrap items-center gap-2">
        <p
          role={waiting ? undefined : "alert"}
          className={`flex min-w-0 flex-1 basis-52 items-start gap-1.5 text-13 ${waiting ? "text-quiet" : "text-bad-text"}`}
        >
          <Icon aria-hidden="true" className="mt-[3px] size-3.5 shrink-0" />
          {waiting ? t("unsent.waiting") : (outgoing.problem ?? t("unsent.interrupted"))}
        </p>
        <div className="ms-auto flex gap-2">
          <Button kind="quiet" onClick={() => dropMessage(app, place, outgoing.key)}>
            {t("unsent.drop")}
          </Button>
          {!waiting && (
            <Button onClick={() => void retryMessage(app, place, outgoing.key)}>
              {t("unsent.retry")}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
