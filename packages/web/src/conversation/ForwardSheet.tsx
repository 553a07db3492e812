/** Says a message again in another channel, under its author's name. */
import type { Message } from "@multichat/client/contract";
import { useMemo, useState } from "react";
import { Confirm } from "../design/Confirm.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { t } from "../i18n/messages.ts";
import { MessageQuote } from "../moderation/MessageQuote.tsx";
import { useApp, useAppState } from "../state/context.tsx";
import { jumpToMessage } from "../state/jump.ts";
import { closeSheet } from "../state/store.ts";
import { Chooser } from "../switcher/Chooser.tsx";
import { channelTargets } from "../switcher/use-targets.tsx";

export function ForwardSheet({ message }: { message: Message }) {
  const app = useApp();
  const channels = useAppState((s) => s.channels);
  const spaces = useAppState((s) => s.spaces);
  const targets = useMemo(() => channelTargets(app, { ...app.store.getState(), channels, spaces }, null), [app, channels, spaces]);
  const [chosen, setChosen] = useState<{ key: string; label: string } | null>(null);
  const from = spaces[message.space];
  const to = spaces[channels[chosen?.key ?? ""]?.space ?? ""];
  // Who is in a private channel is in its workspace, too.
  const others = from && to && to.id !== from.id && !(to.kind === "private" && to.parent?.id === from.id);

  if (!chosen) {
    return (
      <Dialog title={t("forward.title")} titleHidden wide onClose={() => closeSheet(app)}>
        <Chooser label={t("forward.title")} placeholder={t("forward.where")} targets={targets} onChoose={setChosen} />
      </Dialog>
    );
  }
  return (
    <Dialog key={chosen.key} title={t("forward.to", { place: chosen.label })} onClose={() => closeSheet(app)}>
      <MessageQuote message={message} />
      {others && <p className="mt-3 text-quiet">{t("forward.others", { name: from.name })}</p>}
      <Confirm
        kind="primary"
        label={t("forward.confirm")}
        run={async () => {
          const answer = await app.client.call("message.forward", { message: message.id, channel: chosen.key });
          closeSheet(app);
          await jumpToMessage(app, answer.message);
        }}
        onCancel={() => closeSheet(app)}
      />
    </Dialog>
  );
}
