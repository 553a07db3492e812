import type { Id, Member } from "@multichat/client/contract";
import { t } from "../i18n/messages.ts";
import { PresenceWords } from "../presence/PresenceWords.tsx";
import { RoleDot } from "../roles/RoleDot.tsx";
import { IdentityMarks } from "../trust/IdentityMarks.tsx";
import { PersonAvatar } from "../trust/PersonAvatar.tsx";
import { vouchedText } from "../trust/vouched-text.ts";
import { PersonButton } from "./PersonButton.tsx";

interface Props {
  space: Id;
  member: Member;
  /** By the ids of roles; "" for none. */
  colours: ReadonlyMap<Id, string>;
}

export function MemberRow({ space, member, colours }: Props) {
  // The most senior role that has one.
  const colour = member.roleIds.map((id) => colours.get(id)).find(Boolean);
  const roles = member.roles.filter((role) => role.toLowerCase() !== "member").join(", ");
  const vouched = vouchedText(member);
  return (
    <PersonButton
      space={space}
      person={member}
      className="flex min-h-14 w-full items-center gap-3 px-4 py-1.5 text-start hover:bg-hover focus-visible:-outline-offset-2"
    >
      <PersonAvatar person={member} />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="max-w-full truncate font-medium" title={member.name}>
            {member.name}
          </bdi>
          <IdentityMarks identity={member} />
          {member.you && <span className="shrink-0 text-12 text-quiet">{t("members.you")}</span>}
          {roles && (
            <span title={roles} className="ms-auto flex max-w-28 shrink-0 items-center gap-1 self-center rounded-full border border-line px-2 text-12 text-quiet">
              {colour && <RoleDot colour={colour} />}
              <span dir="auto" className="truncate">{roles}</span>
            </span>
          )}
        </span>
        <span className="flex items-start gap-1.5 text-12 text-quiet">
          <PresenceWords account={member.id} />
          <span className="wrap-anywhere">
            {member.blocked && ` · ${t("block.blocked")}`}
            {vouched && ` · ${vouched}`}
          </span>
        </span>
      </span>
    </PersonButton>
  );
}
