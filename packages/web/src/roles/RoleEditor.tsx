import type { Role, Space } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Confirm } from "../design/Confirm.tsx";
import { Field } from "../design/Field.tsx";
import { Switch } from "../design/Switch.tsx";
import { unseenName } from "../design/unseen-name.ts";
import { t } from "../i18n/messages.ts";
import { NotFresh } from "../moderation/NotFresh.tsx";
import { useFreshness } from "../moderation/use-freshness.ts";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { permissionGroupNames, permissionGroups, type Permission } from "./permission-list.ts";

interface Props {
  space: Space;
  /** Null: a new one. */
  role: Role | null;
  onDone(): void;
}

/** A role's name, colour and permissions. What one does not have oneself one cannot give. */
export function RoleEditor({ space, role, onDone }: Props) {
  const app = useApp();
  const [name, setName] = useState(role?.name ?? "");
  const [colour, setColour] = useState(role?.colour ?? "");
  const [held, setHeld] = useState<readonly string[]>(role?.permissions ?? ["send", "reply", "react", "attach"]);
  const fixed = role && !role.manageable ? t("role.notBelow") : whyNot(space, "manage-roles");
  const wanted = name.trim();
  const unseen = unseenName(wanted);
  const { stale, guard } = useFreshness(space.id, null);
  const save = useCallback(
    () =>
      guard(async (override) => {
        if (role === null) await app.client.call("role.create", { space: space.id, name: wanted, colour, permissions: [...held] });
        else await app.client.call("role.set", { space: space.id, role: role.id, name: wanted, colour, ...difference(role.permissions, held), ...override });
        onDone();
      }),
    [app, guard, space.id, role, wanted, colour, held, onDone],
  );

  const reason = (permission: Permission): string | null => {
    if (fixed) return null;
    const why = whyNot(space, permission);
    return why !== null && !held.includes(permission) ? t("role.cannotGive") : null;
  };
  return (
    <div>
      {fixed && <p className="mb-4 rounded-m bg-warn-wash px-3.5 py-2.5 text-warn-text">{fixed}</p>}
      <div className="flex flex-wrap items-end gap-4">
        <Field className="min-w-48 flex-1" label={t("role.name")} problem={unseen} value={name} maxLength={32} autoComplete="off" readOnly={fixed !== null} onChange={(event) => setName(event.target.value)} />
        <ColourField value={colour} disabled={fixed !== null} onChange={setColour} />
      </div>
      {permissionGroupNames.map((group) => (
        <fieldset key={group} className="mt-6 min-w-0">
          <legend className="font-bold">{t(`permissions.${group}`)}</legend>
          {permissionGroups[group].map((permission) => (
            <Switch
              key={permission}
              label={t(`permission.${permission}`)}
              about={t(`permission.${permission}.about`)}
              checked={held.includes(permission)}
              disabled={fixed !== null}
              why={reason(permission)}
              onChange={(on) => setHeld(on ? [...held, permission] : held.filter((other) => other !== permission))}
            />
          ))}
        </fieldset>
      ))}
      {stale && <NotFresh text={stale} />}
      {fixed === null && <Confirm kind="primary" label={t(stale ? "notFresh.confirm" : role ? "role.save" : "role.create")} disabled={!wanted || unseen !== null} run={save} onCancel={onDone} />}
    </div>
  );
}

function ColourField({ value, disabled, onChange }: { value: string; disabled: boolean; onChange(colour: string): void }) {
  return (
    <div className="flex min-h-10 items-center gap-2">
      <label className="flex items-center gap-2 text-13 font-medium">
        {t("role.colour")}
        <input
          type="color"
          value={value || "#808080"}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
          className="h-9 w-12 cursor-pointer rounded-s border border-control bg-surface p-1 disabled:opacity-50"
        />
      </label>
      {value && !disabled && (
        <button type="button" onClick={() => onChange("")} className="min-h-9 rounded-s px-2 text-13 text-accent-text hover:underline">
          {t("role.noColour")}
        </button>
      )}
    </div>
  );
}

function difference(before: readonly string[], after: readonly string[]): { on: string[]; off: string[] } {
  return { on: after.filter((name) => !before.includes(name)), off: before.filter((name) => !after.includes(name)) };
}
