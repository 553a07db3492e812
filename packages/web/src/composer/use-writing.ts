/** Whether one can write in a channel, or in its threads, now; if not, why, and until when. */
import type { Channel, Space } from "@multichat/client/contract";
import { useEffect } from "react";
import { useNow } from "../design/use-now.ts";
import { t } from "../i18n/messages.ts";
import { untilText } from "../i18n/spans.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { loadChannels, loadMembers } from "../state/session.ts";

export type Writing =
  | {
      open: true;
      /** Slow mode: nothing can be sent before (ms), or null. */ from: number | null;
      now: number;
    }
  | { open: false; why: string };

export function useWriting(space: Space, channel: Channel, permission: "send" | "reply"): Writing {
  const mute = useAppState((s) => s.members[space.id]?.find((member) => member.you)?.muted ?? null);
  const ends = mute && mute.until > 0 ? mute.until : channel.writableAt;
  const now = useNow(ends === null ? undefined : 1_000);
  useAgainAt(space.id, mute?.until ?? 0);

  if (space.readOnly !== null) return { open: false, why: space.readOnly };
  if (channel.archived) return { open: false, why: t("composer.archived") };
  if (mute && (mute.until === 0 || mute.until > now)) {
    const until = untilText(mute.until, now);
    return {
      open: false,
      why: mute.by
        ? t("composer.mutedBy", { name: mute.by.name, until })
        : t("composer.muted", { until }),
    };
  }
  const why = whyNot(channel, permission);
  if (why !== null && !mute && channel.type === "announcement" && permission === "send")
    return { open: false, why: t("composer.announcement") };
  if (why !== null && !mute)
    return {
      open: false,
      why: channel.locked ? t("composer.locked") : t("composer.mayNot", { why }),
    };
  const from = channel.writableAt !== null && channel.writableAt > now ? channel.writableAt : null;
  return { open: true, from, now };
}

/** What the node says of one's rights is asked again once a restriction has run out. */
function useAgainAt(space: string, until: number): void {
  const app = useApp();
  useEffect(() => {
    const wait = until - Date.now();
    if (wait <= 0 || wait > 2 ** 31 - 1) return;
    const timer = setTimeout(() => {
      // If it fails, the next push brings it.
      void Promise.all([loadMembers(app, space), loadChannels(app, space)]).catch(() => undefined);
    }, wait + 500);
    return () => clearTimeout(timer);
  }, [app, space, until]);
}
