import type { Channel, Space } from "@multichat/client/contract";
import { Check, X } from "lucide-react";
import { useState } from "react";
import { Choice } from "../design/Choice.tsx";
import { Problem } from "../design/Problem.tsx";
import { t } from "../i18n/messages.ts";
import { useMembers } from "../private/use-members.ts";
import { useListed } from "../state/use-listed.ts";
import { channelPermissions } from "./permission-list.ts";
import { memberChoices, roleChoices, subjectOf } from "./subjects.ts";

/** What somebody, or whoever has a role, may do in a channel, and why not. */
export function ViewAs({ space, channel }: { space: Space; channel: Channel }) {
  const members = useMembers(space.id) ?? [];
  const roles = useListed("role.list", { space: space.id }, "roles", space.id).value?.roles ?? [];
  const [chosen, setChosen] = useState("");
  const subject = chosen ? subjectOf(chosen) : null;
  const asked = subject && !("everyone" in subject) ? { space: space.id, channel: channel.id, ...subject } : null;
  const { value, problem } = useListed("permissions.check", asked, "roles", space.id);
  return (
    <>
      <p className="mb-3 text-13 text-quiet">{t("viewAs.lead", { channel: channel.name })}</p>
      <Choice label={t("viewAs.who")} value={chosen} onChoose={setChosen} options={[{ value: "", label: t("viewAs.choose") }, ...roleChoices(roles), ...memberChoices(members)]} />
      <Problem text={problem} />
      {asked && value && (
        <ul aria-label={t("viewAs.result")} className="mt-3 space-y-2">
          {channelPermissions.map((permission) => {
            const right = value.permissions.find((candidate) => candidate.permission === permission);
            const Icon = right?.allowed ? Check : X;
            return (
              <li key={permission} className="flex items-start gap-2.5">
                <Icon aria-hidden="true" className={`mt-1 size-4 shrink-0 ${right?.allowed ? "text-accent-text" : "text-bad-text"}`} />
                <span className="min-w-0 wrap-anywhere">
                  <span className="sr-only">{t(right?.allowed ? "viewAs.may" : "viewAs.mayNot")} </span>
                  {t(`permission.${permission}`)}
                  {right?.why && <span className="block text-13 text-quiet">{right.why}</span>}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
