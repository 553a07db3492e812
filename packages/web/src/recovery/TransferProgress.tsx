import type { Transfer } from "@multichat/client/contract";
import { t } from "../i18n/messages.ts";

/** How far a backup or a restore is. */
export function TransferProgress({ transfer }: { transfer: Transfer }) {
  const known = transfer.of > 0;
  return (
    <div aria-live="polite">
      <progress
        aria-label={t(transfer.kind === "backup" ? "backup.progress" : "restore.progress")}
        {...(known ? { value: transfer.items, max: transfer.of } : {})}
        className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-pressed [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
      />
      <p className="mt-1.5 text-13 text-quiet tabular-nums">
        {known ? t("transfer.items", { items: transfer.items, of: transfer.of }) : transfer.detail}
      </p>
    </div>
  );
}
