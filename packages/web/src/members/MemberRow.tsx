import type { Member } from "@multichat/client/contract";
import { Avatar } from "../design/Avatar.tsx";
import { LinkDot } from "../connections/LinkDot.tsx";
import { relativeTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";

export function MemberRow({ member, now }: { member: Member; now: number }) {
  const roles = member.roles.filter((role) => role.toLowerCase() !== "member").join(", ");
  return (
    <div className="flex min-h-14 items-center gap-3 px-4 py-1.5">
      <Avatar id={member.id} name={member.name} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <bdi className="truncate font-medium" title={member.name}>
            {member.name}
          </bdi>
          {member.you && <span className="shrink-0 text-12 text-quiet">{t("members.you")}</span>}
          {roles && <span className="ms-auto max-w-28 shrink-0 truncate rounded-full border border-line px-2 text-12 text-quiet">{roles}</span>}
        </p>
        <p className="flex items-start gap-1.5 text-12 text-quiet">
          <LinkDot level={member.connected || member.you ? "all" : "none"} />
          <span className="wrap-anywhere">{presence(member, now)}</span>
        </p>
      </div>
    </div>
  );
}

function presence(member: Member, now: number): string {
  if (member.you) return t("members.thisDevice", { count: member.devices });
  if (member.connected) return t("members.connected", { count: member.devices });
  if (member.lastSeen === null) return t("members.neverSeen");
  return t("members.lastSeen", { when: relativeTime(member.lastSeen, now) });
}
