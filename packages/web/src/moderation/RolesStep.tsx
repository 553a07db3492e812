import type { Id, Role } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Confirm } from "../design/Confirm.tsx";
import { Problem } from "../design/Problem.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { t } from "../i18n/messages.ts";
import { RoleDot } from "../roles/RoleDot.tsx";
import { useApp } from "../state/context.tsx";
import { useListed } from "../state/use-listed.ts";
import type { StepProps } from "./member-step.ts";
import { NotFresh } from "./NotFresh.tsx";
import { useFreshness } from "./use-freshness.ts";

/** Which roles a member has. What was chosen is put into words before it is done. */
export function RolesStep({ space, member, onDone, onBack }: StepProps) {
  const app = useApp();
  const { value, problem } = useListed("role.list", { space }, "roles", space);
  const [chosen, setChosen] = useState<readonly Id[]>(member.roleIds);
  const roles = value?.roles ?? [];
  const given = roles.filter(({ id }) => chosen.includes(id) && !member.roleIds.includes(id));
  const taken = roles.filter(({ id }) => !chosen.includes(id) && member.roleIds.includes(id));
  const { stale, guard } = useFreshness(space, null);
  const save = useCallback(
    () =>
      guard(async (override) => {
        // What is given comes first: the last role cannot be taken away.
        for (const role of given) await app.client.call("member.role", { space, account: member.id, role: role.id, on: true });
        for (const role of taken) await app.client.call("member.role", { space, account: member.id, role: role.id, on: false, ...override });
        onDone();
      }),
    [app, guard, space, member.id, given, taken, onDone],
  );
  const toggle = (role: Role) => setChosen(chosen.includes(role.id) ? chosen.filter((id) => id !== role.id) : [...chosen, role.id]);
  const names = (list: readonly Role[]) => list.map(({ name }) => name).join(", ");

  return (
    <>
      <Problem text={problem} />
      {!value && !problem && <Skeleton className="h-40 w-full" />}
      <ul>
        {roles.map((role) => (
          <li key={role.id}>
            <label className="flex min-h-11 items-center gap-3 rounded-s px-2 hover:bg-hover">
              <input type="checkbox" checked={chosen.includes(role.id)} disabled={!role.manageable} onChange={() => toggle(role)} className="size-4 accent-accent" />
              <RoleDot colour={role.colour} />
              <span className="min-w-0 flex-1 wrap-anywhere">
                {role.name}
                {!role.manageable && <span className="block text-12 text-quiet">{t("role.notBelow")}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <div aria-live="polite" className="mt-3 space-y-1 text-13 text-quiet">
        {given.length > 0 && <p>{t("member.roles.given", { name: member.name, roles: names(given) })}</p>}
        {taken.length > 0 && <p>{t("member.roles.taken", { name: member.name, roles: names(taken) })}</p>}
        {chosen.length === 0 && value && <p className="text-warn-text">{t("member.roles.none")}</p>}
      </div>
      {stale && <NotFresh text={stale} />}
      <Confirm kind="primary" label={t(stale ? "notFresh.confirm" : "member.roles.confirm")} disabled={(given.length === 0 && taken.length === 0) || chosen.length === 0} run={save} onCancel={onBack} />
    </>
  );
}
