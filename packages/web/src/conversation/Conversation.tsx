/** One channel: its header, messages and composer. */
import type { Channel, Space } from "@multichat/client/contract";
import { useCallback, useEffect } from "react";
import { Fetched } from "../app/Fetched.tsx";
import { MissingPlace } from "../app/MissingPlace.tsx";
import { part } from "../app/part.ts";
import { Composer } from "../composer/Composer.tsx";
import { Unsent } from "../composer/Unsent.tsx";
import { useApp } from "../state/context.tsx";
import { openChannel } from "../state/loading.ts";
import type { SidePane } from "../state/address.ts";
import { ConversationHeader } from "./ConversationHeader.tsx";
import { MessageList } from "./MessageList.tsx";
import { MessageSkeletons } from "./MessageSkeletons.tsx";
import { LoadedMessages } from "./LoadedMessages.tsx";

/** Fetched when the first forum is opened. */
const Forum = part(async () => (await import("../forum/Forum.tsx")).Forum);

interface Props {
  space: Space;
  channel: Channel;
  pane: SidePane | null;
}

export function Conversation({ space, channel, pane }: Props) {
  const app = useApp();
  const open = useCallback(() => void openChannel(app, channel.id), [app, channel.id]);
  useEffect(open, [open]);

  if (channel.type === "forum") {
    return (
      <>
        <ConversationHeader space={space} channel={channel} pane={pane} />
        <LoadedMessages of={channel.id} retry={open}>
          <Fetched coming={<MessageSkeletons />} missing={<MissingPlace />}>
            <Forum space={space} channel={channel} />
          </Fetched>
        </LoadedMessages>
      </>
    );
  }
  return (
    <>
      <ConversationHeader space={space} channel={channel} pane={pane} />
      <LoadedMessages of={channel.id} retry={open}>
        <MessageList space={space} channel={channel} />
      </LoadedMessages>
      <Unsent place={channel.id} />
      <Composer space={space} channel={channel} />
    </>
  );
}
