import type { Id, Invite, Space } from "@multichat/client/contract";
import { useState } from "react";
import { Button } from "../design/Button.tsx";
import { Choice } from "../design/Choice.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { noteChange } from "../state/changes.ts";
import { useMembers } from "../private/use-members.ts";
import { useApp } from "../state/context.tsx";
import { useListed } from "../state/use-listed.ts";
import { expiries, useLimits, type Expiry, type UseLimit } from "./invite-choices.ts";
import { rolesBelow, usualRole } from "./invite-roles.ts";

interface Props {
  space: Space;
  onMade(invite: Invite, link: string): void;
}

export function InviteForm({ space, onMade }: Props) {
  const app = useApp();
  const own = useMembers(space.id)?.find((member) => member.you)?.roleIds ?? [];
  const all = useListed("role.list", { space: space.id }, "roles", space.id).value?.roles ?? [];
  const roles = rolesBelow(all, own);
  const [chosenRole, setRole] = useState<Id | null>(null);
  const role = roles.find(({ id }) => id === chosenRole) ?? usualRole(roles);
  const [expiry, setExpiry] = useState<Expiry>("week");
  const [uses, setUses] = useState<UseLimit>("any");
  const task = useTask(async () => {
    const { invite, link } = await app.client.call("invite.create", {
      space: space.id,
      // Without one the workspace's usual role is given.
      ...(role ? { role: role.name } : {}),
      expiresIn: expiries[expiry],
      uses: useLimits[uses],
    });
    noteChange(app, "invites", space.id);
    onMade(invite, link);
  });
  return (
    <form
      className="mt-5"
      onSubmit={(event) => {
        event.preventDefault();
        void task.start();
      }}
    >
      <div className="grid gap-4 two:auto-cols-fr two:grid-flow-col">
        {role && (
          <Choice
            label={t("invite.role")}
            value={role.id}
            onChoose={setRole}
            options={roles.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <Choice
          label={t("invite.expiry")}
          value={expiry}
          onChoose={(value: Expiry) => setExpiry(value)}
          options={keysOf(expiries).map((value) => ({ value, label: t(`invite.expiry.${value}`) }))}
        />
        <Choice
          label={t("invite.uses")}
          value={uses}
          onChoose={(value: UseLimit) => setUses(value)}
          options={keysOf(useLimits).map((value) => ({ value, label: t(`invite.uses.${value}`) }))}
        />
      </div>
      <Problem text={task.problem} />
      <Button type="submit" kind="primary" className="mt-4 w-full" disabled={task.busy}>
        {t("invite.make")}
      </Button>
    </form>
  );
}

function keysOf<K extends string>(record: Record<K, unknown>): K[] {
  return Object.keys(record) as K[];
}
