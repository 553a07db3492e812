/** Make a link, hand it over as text or QR code, and see and revoke the links there are. */
import type { Invite, Space } from "@multichat/client/contract";
import { useCallback, useMemo, useState } from "react";
import { t } from "../i18n/messages.ts";
import { useListed } from "../state/use-listed.ts";
import { InviteForm } from "./InviteForm.tsx";
import { InviteList } from "./InviteList.tsx";
import { InviteLink } from "./InviteLink.tsx";

export function Invites({ space, headingLevel }: { space: Space; headingLevel: 3 | 4 }) {
  const [shown, setShown] = useState<{ invite: Invite; link: string } | null>(null);
  const { value, problem } = useListed("invite.list", { space: space.id }, "invites", space.id);
  const invites = useMemo(() => value && [...value.invites].sort((a, b) => b.createdAt - a.createdAt), [value]);
  const show = useCallback((invite: Invite, link: string) => setShown({ invite, link }), []);
  // The list knows how often the link has been used since it was made.
  const current = invites?.find(({ id }) => id === shown?.invite.id) ?? shown?.invite;
  const who = space.kind === "private" ? "guests" : "they";
  return (
    <>
      <p className="text-quiet wrap-anywhere">{t(`invite.see.${who}.${space.history}`, { name: space.name })}</p>
      {shown && current ? (
        <InviteLink invite={current} link={shown.link} asks={space.approve} onBack={() => setShown(null)} />
      ) : (
        <InviteForm space={space} onMade={show} />
      )}
      <InviteList space={space.id} headingLevel={headingLevel} invites={invites} problem={problem} onShow={show} />
    </>
  );
}
