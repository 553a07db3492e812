import type { Id, Invite } from "@multichat/client/contract";
import { useCallback } from "react";
import { Button } from "../design/Button.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { inviteTerms } from "./invite-terms.ts";

interface Props {
  space: Id;
  headingLevel: 3 | 4;
  invites: readonly Invite[] | null;
  problem: string | null;
  onShow(invite: Invite, link: string): void;
}

export function InviteList({ space, headingLevel, invites, problem, onShow }: Props) {
  if (problem) return <p className="mt-6 text-13 text-bad-text">{problem}</p>;
  if (!invites || invites.length === 0) return null;
  const Heading = `h${headingLevel}` as const;
  return (
    <section className="mt-7">
      <Heading className="font-bold">{t("invite.list")}</Heading>
      <ul className="mt-1 divide-y divide-line">
        {invites.map((invite) => (
          <InviteRow key={invite.id} space={space} invite={invite} onShow={onShow} />
        ))}
      </ul>
    </section>
  );
}

function InviteRow({ space, invite, onShow }: { space: Id; invite: Invite; onShow: Props["onShow"] }) {
  const app = useApp();
  const revoke = useTask(
    useCallback(async () => {
      await app.client.call("invite.revoke", { space, invite: invite.id });
    }, [app, space, invite.id]),
  );
  const { link } = invite;
  const open = invite.state === "open";
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className={open ? "font-medium" : "text-quiet"}>{t("invite.forRole", { role: invite.role, state: t(`invite.state.${invite.state}`) })}</p>
        <p className="text-13 text-quiet wrap-anywhere">
          {t("invite.madeBy", { name: invite.createdBy.name, date: shortDate(invite.createdAt) })} {inviteTerms(invite)}
        </p>
        <Problem text={revoke.problem} />
      </div>
      {open && (
        <div className="flex gap-2">
          {link && <Button onClick={() => onShow(invite, link)}>{t("invite.showLink")}</Button>}
          <Button disabled={revoke.busy} onClick={() => void revoke.start()}>
            {t("invite.revoke")}
          </Button>
        </div>
      )}
    </li>
  );
}
