import type { Id } from "@multichat/client/contract";
import { Dialog } from "../design/Dialog.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { Invites } from "./Invites.tsx";

/** Invite people, from wherever one is. */
export function InviteSheet({ space }: { space: Id }) {
  const app = useApp();
  const info = useAppState((s) => s.spaces[space]);
  if (!info) return null;
  return (
    <Dialog wide title={t(info.kind === "private" ? "invite.titleGuest" : "invite.title", { name: info.name })} onClose={() => closeSheet(app)}>
      <Invites space={info} headingLevel={3} />
    </Dialog>
  );
}
