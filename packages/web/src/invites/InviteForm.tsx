import type { Invite, Space } from "@multichat/client/contract";
import { useState } from "react";
import { Button } from "../design/Button.tsx";
import { Choice } from "../design/Choice.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { expiries, useLimits, type Expiry, type UseLimit } from "./invite-choices.ts";
import { rolesBelow, type StandardRole } from "./invite-roles.ts";

interface Props {
  space: Space;
  onMade(invite: Invite, link: string): void;
}

export function InviteForm({ space, onMade }: Props) {
  const app = useApp();
  const own = useAppState((s) => s.members[space.id]?.find((member) => member.you)?.roles);
  const roles = rolesBelow(own ?? []);
  const [chosenRole, setRole] = useState<StandardRole>("Member");
  const role = roles.includes(chosenRole) ? chosenRole : roles[0];
  const [expiry, setExpiry] = useState<Expiry>("week");
  const [uses, setUses] = useState<UseLimit>("any");
  const task = useTask(async () => {
    const { invite, link } = await app.client.call("invite.create", {
      space: space.id,
      // Without one the workspace's usual role is given.
      ...(role ? { role } : {}),
      expiresIn: expiries[expiry],
      uses: useLimits[uses],
    });
    app.store.setState((s) => ({
      invitesVersion: { ...s.invitesVersion, [space.id]: (s.invitesVersion[space.id] ?? 0) + 1 },
    }));
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
      <div className="grid gap-4 two:grid-cols-3">
        {role && (
          <Choice
            label={t("invite.role")}
            value={role}
            onChoose={(value: StandardRole) => setRole(value)}
            options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
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
      {task.problem && (
        <p role="alert" className="mt-3 text-13 text-bad-text">
          {task.problem}
        </p>
      )}
      <Button type="submit" kind="primary" className="mt-4 w-full" disabled={task.busy}>
        {t("invite.make")}
      </Button>
    </form>
  );
}

function keysOf<K extends string>(record: Record<K, unknown>): K[] {
  return Object.keys(record) as K[];
}
