/** One channel: its header, messages and composer. */
import type { Channel, Space } from "@multichat/client/contract";
import { useCallback, useEffect } from "react";
import { Composer } from "../composer/Composer.tsx";
import { Unsent } from "../composer/Unsent.tsx";
import { useApp } from "../state/context.tsx";
import { openChannel } from "../state/loading.ts";
import type { SidePane } from "../state/address.ts";
import { ConversationHeader } from "./ConversationHeader.tsx";
import { MessageList } from "./MessageList.tsx";
import { LoadedMessages } from "./LoadedMessages.tsx";

interface Props {
  space: Space;
  channel: Channel;
  pane: SidePane | null;
}

export function Conversation({ space, channel, pane }: Props) {
  const app = useApp();
  const open = useCallback(() => void openChannel(app, channel.id), [app, channel.id]);
  useEffect(open, [open]);

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
