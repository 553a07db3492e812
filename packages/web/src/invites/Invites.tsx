/** Make a link, hand it over as text or QR code, and see and revoke the links there are. */
import type { Id, Invite, Space } from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { problemText } from "../i18n/problem-text.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { InviteForm } from "./InviteForm.tsx";
import { InviteList } from "./InviteList.tsx";
import { InviteLink } from "./InviteLink.tsx";

export function Invites({ space, headingLevel }: { space: Space; headingLevel: 3 | 4 }) {
  const [shown, setShown] = useState<{ invite: Invite; link: string } | null>(null);
  const { invites, problem } = useInvites(space.id);
  const show = useCallback((invite: Invite, link: string) => setShown({ invite, link }), []);
  // The list knows how often the link has been used since it was made.
  const current = invites?.find(({ id }) => id === shown?.invite.id) ?? shown?.invite;
  return (
    <>
      <p className="text-quiet wrap-anywhere">{t("invite.whatTheySee", { name: space.name })}</p>
      {shown && current ? (
        <InviteLink invite={current} link={shown.link} onBack={() => setShown(null)} />
      ) : (
        <InviteForm space={space} onMade={show} />
      )}
      <InviteList space={space.id} headingLevel={headingLevel} invites={invites} problem={problem} onShow={show} />
    </>
  );
}

function useInvites(space: Id): { invites: readonly Invite[] | null; problem: string | null } {
  const app = useApp();
  const version = useAppState((s) => s.invitesVersion[space] ?? 0);
  const [invites, setInvites] = useState<readonly Invite[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    app.client.call("invite.list", { space }).then(
      (answer) => current && setInvites([...answer.invites].sort((a, b) => b.createdAt - a.createdAt)),
      (error: unknown) => current && setProblem(problemText(error)),
    );
    return () => {
      current = false;
    };
  }, [app, space, version]);
  return { invites, problem };
}
