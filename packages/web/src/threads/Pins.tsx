import type { Channel } from "@multichat/client/contract";
import { Button } from "../design/Button.tsx";
import { useUnexpired } from "../expiry/use-unexpired.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { pin } from "../state/message-deeds.ts";
import { whyNot } from "../state/permissions.ts";
import { useListed } from "../state/use-listed.ts";
import { CardList } from "./CardList.tsx";
import { MessageCard } from "./MessageCard.tsx";

/** What is pinned in a channel, the newest first. */
export function Pins({ channel }: { channel: Channel }) {
  const app = useApp();
  const { value, problem } = useListed("pin.list", { channel: channel.id }, "pins", channel.id);
  const why = useAppState((s) => s.spaces[channel.space]?.readOnly ?? whyNot(channel, "pin"));
  const messages = useUnexpired(value?.messages, (message) => message)?.filter(({ deleted }) => !deleted);
  return (
    <CardList label={t("pins.title")} empty={t("pins.none")} problem={problem} items={messages}>
      {(message) => (
        <MessageCard
          message={message}
          actions={
            <Button kind="quiet" why={why} onClick={() => void pin(app, message, false)}>
              {t("message.unpin")}
            </Button>
          }
        >
          {message.pinned && <p className="mt-1 text-12 text-quiet">{t("message.pinnedBy", { name: message.pinned.by.name })}</p>}
        </MessageCard>
      )}
    </CardList>
  );
}
