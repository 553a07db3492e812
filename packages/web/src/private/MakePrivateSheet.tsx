import type { Id, Person } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Confirm } from "../design/Confirm.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { openPlace } from "./open-place.ts";
import { PeoplePicker } from "./PeoplePicker.tsx";
import { useMembers } from "./use-members.ts";

/** Says honestly what turning a channel private cannot do: take back what all have seen. */
export function MakePrivateSheet({ channel }: { channel: Id }) {
  const app = useApp();
  const info = useAppState((s) => s.channels[channel]);
  const members = useMembers(info?.space ?? null);
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const make = useCallback(async () => {
    openPlace(app, await app.client.call("channel.make-private", { channel, members: chosen.map(({ id }) => id) }));
  }, [app, channel, chosen]);
  if (!info) return null;
  return (
    <Dialog title={t("makePrivate.title", { name: info.name })} onClose={() => closeSheet(app)}>
      <ul className="mb-4 list-disc space-y-2 ps-5 text-quiet">
        <li>{t("makePrivate.new", { name: info.name })}</li>
        <li className="text-warn-text">{t("makePrivate.seen", { count: Math.max(0, (members?.length ?? 1) - 1) })}</li>
        <li>{t("makePrivate.archived")}</li>
      </ul>
      <PeoplePicker label={t("private.people")} people={members?.filter(({ you }) => !you) ?? null} chosen={chosen} onChange={setChosen} />
      <Confirm kind="primary" label={t("makePrivate.confirm")} run={make} onCancel={() => closeSheet(app)} />
    </Dialog>
  );
}
