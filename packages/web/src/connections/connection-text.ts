import type { Space } from "@multichat/client/contract";
import { relativeTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";

export type ConnectionLevel = "none" | "some" | "all";

interface Circumstances {
  /** Multichat answers on this computer. */
  running: boolean;
  /** This computer has no network. */
  offline: boolean;
  now: number;
}

/** How a workspace is connected, in one line, and what follows from it in a second. */
export function connectionText(
  { connection, removed }: Space,
  { running, offline, now }: Circumstances,
): { text: string; detail: string; level: ConnectionLevel } {
  const { connected, of, syncedAt, missing } = connection;
  if (!running) return { text: t("connection.away"), detail: t("connection.keepWriting"), level: "none" };
  if (removed) return { text: t("connection.removed"), detail: t("connection.removedDetail"), level: "none" };
  if (of === 0) return { text: t("connection.alone"), detail: t("connection.aloneDetail"), level: "none" };
  if (offline) return { text: t("connection.offline"), detail: t("connection.offlineDetail"), level: "none" };
  if (connected === 0) return { text: t("connection.nobody", { of }), detail: t("connection.offlineDetail"), level: "none" };
  const detail =
    missing > 0
      ? t("connection.missing", { count: missing })
      : syncedAt === null
        ? t("connection.neverSynced")
        : // Whoever is connected would have told of more. When that was found last is only told with other news.
          t("connection.synced", { when: relativeTime(now, now) });
  return { text: t("connection.connected", { connected, of }), detail, level: connected < of ? "some" : "all" };
}
