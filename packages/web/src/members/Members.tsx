/** Who belongs to the workspace: those in reach first. A thousand rows are windowed. */
import type { Space } from "@multichat/client/contract";
import { UserPlus } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { WindowedList } from "../design/WindowedList.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { openSheet } from "../state/store.ts";
import { useListed } from "../state/use-listed.ts";
import { MemberRow } from "./MemberRow.tsx";
import { matchingPeople } from "./matching-people.ts";
import { sortedMembers } from "./member-order.ts";

/** From this many on, finding a name by reading is no longer quick. */
const filterFrom = 12;
const rowHeight = 56;

export function Members({ space }: { space: Space }) {
  const app = useApp();
  const members = useAppState((s) => s.members[space.id]);
  const roles = useListed("role.list", space.kind === "direct" ? null : { space: space.id }, "roles", space.id).value?.roles;
  const colours = useMemo(() => new Map(roles?.map(({ id, colour }) => [id, colour])), [roles]);
  const [filter, setFilter] = useState("");
  const sorted = useMemo(() => sortedMembers(members ?? []), [members]);
  const shown = useMemo(() => matchingPeople(sorted, filter), [sorted, filter]);
  return (
    <div className="flex h-full flex-col">
      <div className="shrink-0 space-y-3 p-4 pb-2 empty:hidden">
        {space.kind === "team" ? (
          <Button className="w-full" why={whyNot(space, "invite")} onClick={() => openSheet(app, { kind: "invite", space: space.id })}>
            <UserPlus aria-hidden="true" className="size-4" />
            {t("invite.action")}
          </Button>
        ) : (
          <Button className="w-full" why={whyNot(space, space.kind === "private" ? "manage-roles" : "send")} onClick={() => openSheet(app, { kind: "add-people", space: space.id })}>
            <UserPlus aria-hidden="true" className="size-4" />
            {t("addPeople.action")}
          </Button>
        )}
        {sorted.length >= filterFrom && (
          <Field label={t("members.filter")} type="search" value={filter} onChange={(event) => setFilter(event.target.value)} autoComplete="off" />
        )}
      </div>
      <p className="shrink-0 px-4 pt-1 pb-1 text-12 text-quiet" aria-live="polite">
        {members && t("members.count", { count: shown.length, connected: shown.filter((member) => member.connected && !member.you).length })}
      </p>
      {members ? (
        <WindowedList label={t("members.title")} items={shown} rowHeight={rowHeight} row={(member) => <MemberRow space={space.id} member={member} colours={colours} />} />
      ) : (
        <MemberSkeletons />
      )}
    </div>
  );
}

function MemberSkeletons() {
  return [1, 2, 3].map((row) => (
    <div key={row} className="flex h-14 items-center gap-3 px-4">
      <Skeleton className="size-9 rounded-full" />
      <Skeleton className="h-4 w-32" />
    </div>
  ));
}
