import type { Role, Space } from "@multichat/client/contract";
import { ArrowDown, ArrowLeft, ArrowUp, ChevronRight, Plus } from "lucide-react";
import { useCallback, useState } from "react";
import { Button } from "../../design/Button.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { Problem } from "../../design/Problem.tsx";
import { useTask } from "../../design/use-task.ts";
import { t } from "../../i18n/messages.ts";
import { NotFresh } from "../../moderation/NotFresh.tsx";
import { useFreshness } from "../../moderation/use-freshness.ts";
import { RoleDot } from "../../roles/RoleDot.tsx";
import { RoleEditor } from "../../roles/RoleEditor.tsx";
import { noteChange } from "../../state/changes.ts";
import { useApp } from "../../state/context.tsx";
import { whyNot } from "../../state/permissions.ts";
import { useListed } from "../../state/use-listed.ts";
import { ListProblem } from "../ListProblem.tsx";
import { SectionBody } from "../SectionBody.tsx";
import { SectionSkeleton } from "../SectionSkeleton.tsx";

/** The roles, most senior first: who is above may give, take and change what is below. */
export function WorkspaceRoles({ space }: { space: Space }) {
  const app = useApp();
  const { value, problem } = useListed("role.list", { space: space.id }, "roles", space.id);
  const [edited, setEdited] = useState<Role | "new" | null>(null);
  const done = useCallback(() => {
    setEdited(null);
    noteChange(app, "roles", space.id);
  }, [app, space.id]);
  const { stale, guard } = useFreshness(space.id, null);
  const move = useTask(
    useCallback(
      (role: Role, below: Role) =>
        guard(async (override) => {
          await app.client.call("role.move", { space: space.id, role: role.id, below: below.id, ...override });
          noteChange(app, "roles", space.id);
        }),
      [app, guard, space.id],
    ),
  );
  if (problem) return <ListProblem text={problem} />;
  if (!value) return <SectionSkeleton />;
  if (edited) {
    return (
      <SectionBody>
        <div>
          <Button kind="quiet" className="mb-3 -ms-4" onClick={() => setEdited(null)}>
            <ArrowLeft aria-hidden="true" className="size-4" />
            {t("roles.all")}
          </Button>
          <RoleEditor key={edited === "new" ? "new" : edited.id} space={space} role={edited === "new" ? null : edited} onDone={done} />
        </div>
      </SectionBody>
    );
  }
  const { roles } = value;
  return (
    <SectionBody>
      <div>
        <p className="text-quiet">{t("roles.lead")}</p>
        <ol aria-label={t("settings.section.roles")} className="mt-4 divide-y divide-line rounded-m border border-line">
          {roles.map((role, index) => (
            <li key={role.id} className="relative flex flex-wrap items-center justify-end gap-1 pe-3.5 hover:bg-hover">
              <button type="button" onClick={() => setEdited(role)} className="flex min-h-14 min-w-0 flex-1 basis-40 items-center gap-3 px-3.5 py-2 text-start after:absolute after:inset-0 focus-visible:-outline-offset-2">
                <RoleDot colour={role.colour} />
                <span className="min-w-0 flex-1">
                  <span className="block font-medium wrap-anywhere">{role.name}</span>
                  <span className="block text-12 text-quiet">{t("roles.members", { count: role.members })}</span>
                </span>
              </button>
              <IconButton
                className="z-1"
                label={t("roles.up", { name: role.name })}
                icon={<ArrowUp />}
                disabled={move.busy}
                why={moveReason(role, roles[index - 2], roles[index - 1])}
                onClick={() => void move.start(role, roles[index - 2]!)}
              />
              <IconButton
                className="z-1"
                label={t("roles.down", { name: role.name })}
                icon={<ArrowDown />}
                disabled={move.busy}
                why={moveReason(role, roles[index + 1], roles[index + 1])}
                onClick={() => void move.start(role, roles[index + 1]!)}
              />
              <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-quiet" />
            </li>
          ))}
        </ol>
        <Problem text={move.problem} />
        {stale && <NotFresh text={stale} />}
        <p className="mt-2 text-13 text-quiet">{t("roles.moving")}</p>
        <Button className="mt-4" why={whyNot(space, "manage-roles")} onClick={() => setEdited("new")}>
          <Plus aria-hidden="true" className="size-4" />
          {t("roles.new")}
        </Button>
      </div>
    </SectionBody>
  );
}

/** It is placed below `below`, past `passed`; both must be there, and what is passed must be below oneself too. */
function moveReason(role: Role, below: Role | undefined, passed: Role | undefined): string | null {
  if (!role.manageable) return t("role.notBelow");
  if (!below || !passed) return t("roles.atEnd");
  return passed.manageable ? null : t("roles.passes", { name: passed.name });
}
