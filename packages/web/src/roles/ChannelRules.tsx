import type { Channel, Override, Space } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Choice } from "../design/Choice.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useMembers } from "../private/use-members.ts";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { useListed } from "../state/use-listed.ts";
import { channelPermissions, type Permission } from "./permission-list.ts";
import { memberChoices, roleChoices, subjectKey, subjectOf } from "./subjects.ts";
import { ThreeWay, type Stance } from "./ThreeWay.tsx";

/** What this channel allows or denies besides the roles: to everyone, a role or a member. */
export function ChannelRules({ space, channel }: { space: Space; channel: Channel }) {
  const app = useApp();
  const members = useMembers(space.id) ?? [];
  const roles = useListed("role.list", { space: space.id }, "roles", space.id).value?.roles ?? [];
  const { value, problem, set } = useListed("override.list", { channel: channel.id }, "roles", space.id);
  const [chosen, setChosen] = useState("everyone");
  const overrides = value?.overrides ?? [];
  const found = overrides.find(({ subject }) => subjectKey(subject) === chosen);
  const role = roles.find(({ id }) => chosen === `role ${id}`);
  const fixed = whyNot(space, "manage-roles") ?? (role && !role.manageable ? t("role.notBelow") : null);

  const task = useTask(
    useCallback(
      async (permission: Permission, stance: Stance) => {
        const without = (names: readonly string[] = []) => names.filter((name) => name !== permission);
        const allow = [...without(found?.allow), ...(stance === "allow" ? [permission] : [])];
        const deny = [...without(found?.deny), ...(stance === "deny" ? [permission] : [])];
        set(await app.client.call("channel.override", { channel: channel.id, subject: subjectOf(chosen), allow, deny }));
      },
      [app, channel.id, chosen, found, set],
    ),
  );
  const written = (key: string) => overrides.some(({ subject }) => subjectKey(subject) === key);
  const options = [{ value: "everyone", label: t("rules.everyone") }, ...roleChoices(roles), ...memberChoices(members)]
    .map((option) => (written(option.value) ? { ...option, label: t("rules.written", { name: option.label }) } : option));

  return (
    <>
      <p className="mb-3 text-13 text-quiet">{t("rules.lead")}</p>
      <Choice label={t("rules.for")} value={chosen} onChoose={setChosen} options={options} />
      {fixed && <p className="mt-3 rounded-m bg-warn-wash px-3.5 py-2.5 text-13 text-warn-text">{fixed}</p>}
      <Problem text={problem} />
      <ul className="mt-3 divide-y divide-line">
        {channelPermissions.map((permission) => (
          <li key={permission}>
            <ThreeWay
              label={t(`permission.${permission}`)}
              value={stanceOf(found, permission)}
              why={fixed ? null : whyNot(space, permission) === null ? null : t("role.cannotGive")}
              disabled={fixed !== null || value === null || task.busy}
              onChoose={(stance) => void task.start(permission, stance)}
            />
          </li>
        ))}
      </ul>
      <Problem text={task.problem} />
    </>
  );
}

function stanceOf(override: Override | undefined, permission: string): Stance {
  if (override?.allow.includes(permission)) return "allow";
  return override?.deny.includes(permission) ? "deny" : "inherit";
}
