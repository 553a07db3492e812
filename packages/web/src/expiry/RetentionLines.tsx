import type { RetentionChange } from "@multichat/client/contract";
import { Timer } from "lucide-react";
import { clockTime, fullTime } from "../i18n/dates.ts";
import { changeText } from "./retention-text.ts";

/** Between messages: that somebody changed how long they stay. */
export function RetentionLines({ changes }: { changes: readonly RetentionChange[] }) {
  return changes.map((change) => (
    <p
      key={change.id}
      data-change={change.id}
      className="flex items-start justify-center gap-1.5 px-5 pt-3 pb-1 text-12 text-quiet"
    >
      <Timer aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        {changeText(change)}{" "}
        <time
          dateTime={new Date(change.at).toISOString()}
          title={fullTime(change.at)}
          className="tabular-nums"
        >
          {clockTime(change.at)}
        </time>
      </span>
    </p>
  ));
}
