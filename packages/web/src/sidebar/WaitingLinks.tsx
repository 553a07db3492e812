import type { Space } from "@multichat/client/contract";
import { CalendarClock, Crown, Flag, UserCheck } from "lucide-react";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { openSettings } from "../state/settings-place.ts";
import { openSheet } from "../state/store.ts";
import { useListed } from "../state/use-listed.ts";
import { WaitingLink } from "./WaitingLink.tsx";

/** Who asks to be let in or to own the workspace, and what was reported, for those who decide it; and what is to be sent later. */
export function WaitingLinks({ space }: { space: Space }) {
  const app = useApp();
  const asked = { space: space.id };
  const team = space.kind === "team";
  const joins = useListed("join.requests", team && whyNot(space, "approve-joins") === null ? asked : null, "join-requests", space.id);
  const reports = useListed("report.list", team && whyNot(space, "manage-messages") === null ? asked : null, "reports", space.id);
  const owning = useListed("ownership.get", team && !space.removed ? asked : null, "ownership", space.id).value?.ownership;
  // Those who have a part in it, and have not agreed; and the one who asks, once enough have.
  const part = owning?.recovery?.holders.some(({ you }) => you) ?? false;
  const owners = owning?.requests.filter(({ own, approved, approvedBy, needed }) => (part && !approved) || (own && approvedBy.length >= needed)).length ?? 0;
  const waiting = joins.value?.requests.length ?? 0;
  const open = reports.value?.reports.filter(({ resolved }) => resolved === null).length ?? 0;
  const scheduled = useListed("schedule.list", {}, "scheduled", null).value?.scheduled ?? [];
  const failing = scheduled.filter(({ problem }) => problem !== null).length;
  return (
    <div className="mb-2 empty:hidden">
      {waiting > 0 && (
        <WaitingLink icon={<UserCheck />} onClick={() => openSettings(app, { space: space.id, section: "requests" })}>
          {t("joinRequests.waiting", { count: waiting })}
        </WaitingLink>
      )}
      {owners > 0 && (
        <WaitingLink icon={<Crown />} onClick={() => openSettings(app, { space: space.id, section: "ownership" })}>
          {t("regain.waiting", { count: owners })}
        </WaitingLink>
      )}
      {open > 0 && (
        <WaitingLink icon={<Flag />} onClick={() => openSettings(app, { space: space.id, section: "reports" })}>
          {t("reports.waiting", { count: open })}
        </WaitingLink>
      )}
      {scheduled.length > 0 && (
        <WaitingLink icon={<CalendarClock />} calm={failing === 0} onClick={() => openSheet(app, { kind: "scheduled" })}>
          {failing > 0 ? t("schedule.failing", { count: failing }) : t("schedule.waiting", { count: scheduled.length })}
        </WaitingLink>
      )}
    </div>
  );
}
