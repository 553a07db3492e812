/** Every member with roles, since when, and how many devices; each opens what can be done. Thousands are windowed. */
import type { Id, Member, Space } from "@multichat/client/contract";
import { ChevronRight, MicOff } from "lucide-react";
import { useMemo, useState } from "react";
import { Avatar } from "../design/Avatar.tsx";
import { Field } from "../design/Field.tsx";
import { WindowedList } from "../design/WindowedList.tsx";
import { shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { matchingPeople } from "../members/matching-people.ts";
import { byName } from "../members/member-order.ts";
import { useMembers } from "../private/use-members.ts";
import { SectionSkeleton } from "../settings/SectionSkeleton.tsx";
import { useApp } from "../state/context.tsx";
import { openSheet } from "../state/store.ts";

const rowHeight = 60;

export function MemberTable({ space }: { space: Space }) {
  const members = useMembers(space.id);
  const [query, setQuery] = useState("");
  const shown = useMemo(() => matchingPeople(byName(members ?? []), query), [members, query]);
  if (!members) return <SectionSkeleton />;
  return (
    <>
      <div className="shrink-0 px-6 pb-2 max-two:px-4">
        <Field label={t("members.filter")} type="search" value={query} autoComplete="off" onChange={(event) => setQuery(event.target.value)} />
        <p aria-live="polite" className="mt-2 text-12 text-quiet">
          {t("memberList.count", { count: shown.length })}
        </p>
      </div>
      <WindowedList className="border-t border-line" label={t("members.title")} items={shown} rowHeight={rowHeight} row={(member) => <Row space={space.id} member={member} />} />
    </>
  );
}

function Row({ space, member }: { space: Id; member: Member }) {
  const app = useApp();
  return (
    <button
      type="button"
      onClick={() => openSheet(app, { kind: "member", space, account: member.id })}
      className="flex min-h-15 w-full items-center gap-3 px-6 py-1.5 text-start hover:bg-hover focus-visible:-outline-offset-2 max-two:px-4"
    >
      <Avatar id={member.id} name={member.name} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className="truncate font-medium" title={member.name}>
            {member.name}
          </bdi>
          {member.you && <span className="shrink-0 text-12 text-quiet">{t("members.you")}</span>}
          {member.muted && (
            <span className="flex shrink-0 items-center gap-1 self-center text-12 text-warn-text">
              <MicOff aria-hidden="true" className="size-3" />
              {t("memberList.muted")}
            </span>
          )}
        </span>
        <span className="block text-12 text-quiet wrap-anywhere">
          {member.roles.join(", ")} · {t("member.facts", { date: shortDate(member.joinedAt), devices: member.devices })}
        </span>
      </span>
      <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-quiet" />
    </button>
  );
}
