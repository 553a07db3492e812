import type { ErrorCode, Join } from "@multichat/client/contract";
import { t, type MessageId } from "../i18n/messages.ts";

const titles: Partial<Record<ErrorCode, MessageId>> = {
  "invite-garbled": "joinFailed.garbled",
  "invite-expired": "joinFailed.expired",
  "invite-used-up": "joinFailed.usedUp",
  "invite-revoked": "joinFailed.revoked",
  "invite-unknown": "joinFailed.unknown",
  "not-allowed": "joinFailed.denied",
  "version-mismatch": "joinFailed.version",
};

/** The title says all there is to say. */
const over: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["invite-expired", "invite-used-up", "invite-revoked"]);

/** Why it will not work with this link, and what will. */
export function JoinFailure({ join }: { join: Join }) {
  const title = (join.code && titles[join.code]) ?? "joinFailed.other";
  return (
    <div role="alert" className="mt-8 rounded-m border border-bad bg-bad-wash p-4">
      <p className="font-bold text-bad-text">{t(title)}</p>
      <p className="mt-1 wrap-anywhere">{join.code && over.has(join.code) ? t("joinFailed.ask", { name: join.inviter }) : join.detail}</p>
    </div>
  );
}
