/** Invite people: make a link, hand it over as text or QR code, and see and revoke the links there are. */
import type { Id, Invite } from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { Dialog } from "../design/Dialog.tsx";
import { problemText } from "../i18n/problem-text.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { InviteForm } from "./InviteForm.tsx";
import { InviteList } from "./InviteList.tsx";
import { InviteLink } from "./InviteLink.tsx";

export function InviteSheet({ space }: { space: Id }) {
  const app = useApp();
  const info = useAppState((s) => s.spaces[space]);
  const [shown, setShown] = useState<{ invite: Invite; link: string } | null>(null);
  const { invites, problem } = useInvites(space);
  const show = useCallback((invite: Invite, link: string) => setShown({ invite, link }), []);
  if (!info) return null;
  // The list knows how often the link has been used since it was made.
  const current = invites?.find(({ id }) => id === shown?.invite.id) ?? shown?.invite;
  return (
    <Dialog wide title={t("invite.title", { name: info.name })} onClose={() => closeSheet(app)}>
      <p className="text-quiet">{t("invite.whatTheySee", { name: info.name })}</p>
      {shown && current ? (
        <InviteLink invite={current} link={shown.link} onBack={() => setShown(null)} />
      ) : (
        <InviteForm space={info} onMade={show} />
      )}
      <InviteList space={space} invites={invites} problem={problem} onShow={show} />
    </Dialog>
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
