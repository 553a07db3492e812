import type { Id, Member } from "@multichat/client/contract";
import { Ban, MicOff, Shield, UserMinus } from "lucide-react";
import { useCallback } from "react";
import { Avatar } from "../design/Avatar.tsx";
import { Button } from "../design/Button.tsx";
import { Problem } from "../design/Problem.tsx";
import { useNow } from "../design/use-now.ts";
import { useTask } from "../design/use-task.ts";
import { shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { untilText } from "../i18n/spans.ts";
import { useApp } from "../state/context.tsx";
import { useListed } from "../state/use-listed.ts";
import { memberSteps, type MemberStep } from "./member-step.ts";

const icons = { roles: <Shield />, mute: <MicOff />, kick: <UserMinus />, ban: <Ban /> };
const needed = { roles: "manage-roles", mute: "mute", kick: "kick", ban: "ban" } as const;

/** Who it is, and every action with what it does, or why it cannot be done. */
export function MemberActions({ space, member, onChoose }: { space: Id; member: Member; onChoose(step: MemberStep): void }) {
  const now = useNow();
  const { value, problem } = useListed("permissions.check", { space, target: member.id }, "roles", space);
  const why = (step: MemberStep): string | null =>
    member.you ? t(`member.${step}.self`) : (value?.permissions.find(({ permission }) => permission === needed[step])?.why ?? null);
  return (
    <>
      <div className="flex items-center gap-3">
        <Avatar id={member.id} name={member.name} size="l" />
        <p className="min-w-0 text-13 text-quiet wrap-anywhere">
          {member.roles.join(", ")}
          <br />
          {t("member.facts", { date: shortDate(member.joinedAt), devices: member.devices })}
        </p>
      </div>
      {member.muted && (
        <p className="mt-3 rounded-m bg-warn-wash px-3.5 py-2.5 text-warn-text">
          {t("member.muted", { name: member.muted.by?.name ?? t("removed.root"), until: untilText(member.muted.until, now) })}
          <Unmute space={space} member={member} why={why("mute")} />
        </p>
      )}
      <Problem text={problem} />
      <ul className="mt-4 divide-y divide-line rounded-m border border-line">
        {memberSteps.map((step) => (
          <li key={step}>
            <Action step={step} member={member} why={why(step)} ready={value !== null} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface ActionProps {
  step: MemberStep;
  member: Member;
  why: string | null;
  ready: boolean;
  onChoose(step: MemberStep): void;
}

function Action({ step, member, why, ready, onChoose }: ActionProps) {
  return (
    <button
      type="button"
      aria-disabled={why !== null || !ready}
      onClick={() => why === null && ready && onChoose(step)}
      className="flex min-h-14 w-full items-start gap-3 px-3.5 py-2.5 text-start hover:bg-hover focus-visible:-outline-offset-2 aria-disabled:cursor-not-allowed [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0"
    >
      <span aria-hidden="true" className={why ? "opacity-50" : step === "roles" ? "" : "text-bad-text"}>
        {icons[step]}
      </span>
      <span className="min-w-0">
        <span className={`block font-medium ${why ? "text-quiet" : ""}`}>{t(`member.${step}.action`)}</span>
        <span className="block text-13 text-quiet wrap-anywhere">{why ?? t(`member.${step}.about`, { name: member.name })}</span>
      </span>
    </button>
  );
}

function Unmute({ space, member, why }: { space: Id; member: Member; why: string | null }) {
  const app = useApp();
  const task = useTask(
    useCallback(async () => {
      await app.client.call("member.mute", { space, account: member.id, on: false });
    }, [app, space, member.id]),
  );
  return (
    <span className="mt-2 block">
      <Button why={why} disabled={task.busy} onClick={() => void task.start()}>
        {t("member.unmute")}
      </Button>
      {task.problem && (
        <span role="alert" className="mt-1 block text-13 text-bad-text">
          {task.problem}
        </span>
      )}
    </span>
  );
}
