import type { Message, Space } from "@multichat/client/contract";
import { Button } from "../design/Button.tsx";
import { useUnexpired } from "../expiry/use-unexpired.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { save } from "../state/message-deeds.ts";
import { placeName } from "../state/places.ts";
import { useListed } from "../state/use-listed.ts";
import { CardList } from "./CardList.tsx";
import { MessageCard } from "./MessageCard.tsx";
import { PlaceHeader } from "./PlaceHeader.tsx";

/** What this account saved, in whatever workspace. */
export function SavedPlace({ space }: { space: Space }) {
  const { value, problem } = useListed("save.list", {}, "saved", null);
  const messages = useUnexpired(value?.messages, (message) => message);
  return (
    <>
      <PlaceHeader space={space} title={t("saved.title")} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-180">
          <CardList label={t("saved.title")} empty={t("saved.none")} problem={problem} items={messages}>
            {(message) => <SavedCard message={message} />}
          </CardList>
        </div>
      </div>
    </>
  );
}

function SavedCard({ message }: { message: Message }) {
  const app = useApp();
  const place = useAppState((s) => {
    const [space, channel] = [s.spaces[message.space], s.channels[message.channel]];
    if (!space || !channel) return undefined;
    return space.kind === "direct" ? placeName(space, channel) : `${space.name} · #${channel.name}`;
  });
  return (
    <MessageCard
      message={message}
      {...(place && { place })}
      actions={
        <Button kind="quiet" onClick={() => void save(app, message, false)}>
          {t("message.unsave")}
        </Button>
      }
    />
  );
}
