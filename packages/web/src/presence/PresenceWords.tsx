import type { Id } from "@multichat/client/contract";
import { useNow } from "../design/use-now.ts";
import { presenceText, statusText } from "./presence-text.ts";
import { PresenceDot } from "./PresenceDot.tsx";
import { usePresence } from "./use-presence.ts";

/** Whether somebody is there, or when they last were, and what they say of themselves. */
export function PresenceWords({ account, className = "" }: { account: Id; className?: string }) {
  const now = useNow();
  const presence = usePresence(account);
  const state = presence?.state ?? "offline";
  const status = statusText(presence?.status, state, now);
  return (
    <span className={`inline-flex min-w-0 items-start gap-1.5 ${className}`}>
      <PresenceDot state={state} className="mt-[3px]" />
      <span className="min-w-0 wrap-anywhere">
        {presenceText(presence, now)}
        {status && (
          <>
            {" · "}
            <bdi>{status}</bdi>
          </>
        )}
      </span>
    </span>
  );
}

/** Beside a name, where there is no room for words: they are its label. Nothing for who is offline. */
export function PresenceMark({ account }: { account: Id }) {
  const presence = usePresence(account);
  const now = useNow();
  const state = presence?.state ?? "offline";
  const status = statusText(presence?.status, state, now);
  if (state === "offline" && !presence?.status?.emoji) return null;
  return (
    <span className="inline-flex items-center gap-1 self-center">
      {state !== "offline" && <PresenceDot state={state} label={presenceText(presence, now)} />}
      {status && presence?.status?.emoji && (
        <span role="img" aria-label={status} title={status} className="text-12">
          {presence.status.emoji}
        </span>
      )}
    </span>
  );
}
