import type { Id, Member } from "@multichat/client/contract";
import { Avatar } from "../design/Avatar.tsx";
import { LinkDot } from "../connections/LinkDot.tsx";
import { t } from "../i18n/messages.ts";
import { PersonButton } from "./PersonButton.tsx";
import { presence } from "./presence.ts";

export function MemberRow({ space, member, now }: { space: Id; member: Member; now: number }) {
  const roles = member.roles.filter((role) => role.toLowerCase() !== "member").join(", ");
  return (
    <PersonButton
      space={space}
      person={member}
      className="flex min-h-14 w-full items-center gap-3 px-4 py-1.5 text-start hover:bg-hover focus-visible:-outline-offset-2"
    >
      <Avatar id={member.id} name={member.name} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className="truncate font-medium" title={member.name}>
            {member.name}
          </bdi>
          {member.you && <span className="shrink-0 text-12 text-quiet">{t("members.you")}</span>}
          {roles && (
            <span title={roles} className="ms-auto max-w-28 shrink-0 truncate rounded-full border border-line px-2 text-12 text-quiet">
              {roles}
            </span>
          )}
        </span>
        <span className="flex items-start gap-1.5 text-12 text-quiet">
          <LinkDot level={member.connected || member.you ? "all" : "none"} />
          <span className="wrap-anywhere">{presence(member, now)}</span>
        </span>
      </span>
    </PersonButton>
  );
}
