/** Presence, status and writing in words. */
import type { PersonState, PersonStatus, Presence, Typing } from "@multichat/client/contract";
import { relativeTime } from "../i18n/dates.ts";
import { listText } from "../i18n/lists.ts";
import { t } from "../i18n/messages.ts";

/** "Away", "Offline, last seen 5 minutes ago" */
export function presenceText(presence: Presence | undefined, now: number): string {
  const { state, lastSeen } = presence ?? { state: "offline", lastSeen: null };
  if (state === "offline" && lastSeen !== null)
    return t("presence.lastSeen", { when: relativeTime(lastSeen, now) });
  return t(`presence.state.${state}`);
}

/** Of a status that has not ended: its emoji and text, or what stands in its place while the person is not there. */
export function statusText(
  status: PersonStatus | null | undefined,
  state: PersonState,
  now: number,
): string | null {
  if (!status || (status.until !== 0 && status.until <= now)) return null;
  const text = state === "online" ? status.text : (status.away ?? status.text);
  const said = [status.emoji, text].filter(Boolean).join(" ");
  return said === "" ? null : said;
}

/** As many names as fit in a line. */
const named = 3;

/** "Alice is typing…", "Alice and Bob are typing…", "Alice is recording a voice message…" */
export function typingText(people: Typing["people"]): string | null {
  const part = (recording: boolean) => {
    const some = people.filter((one) => one.recording === recording);
    if (some.length === 0) return null;
    const names = listText(some.slice(0, named).map(({ person }) => person.name));
    const values = { names, count: some.length, more: Math.max(0, some.length - named) };
    return recording ? t("typing.recording", values) : t("typing.writing", values);
  };
  const parts = [part(false), part(true)].filter((text) => text !== null);
  return parts.length === 0 ? null : parts.join(" ");
}
