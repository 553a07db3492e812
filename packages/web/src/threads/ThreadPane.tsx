/** A thread beside its channel: the message it hangs on, the replies, and where one writes the next. */
import type { Channel, Id, Space } from "@multichat/client/contract";
import { useCallback, useEffect } from "react";
import { Composer } from "../composer/Composer.tsx";
import { Unsent } from "../composer/Unsent.tsx";
import { LoadedMessages } from "../conversation/LoadedMessages.tsx";
import { MessageList } from "../conversation/MessageList.tsx";
import { useApp } from "../state/context.tsx";
import { openThread } from "../state/loading.ts";

interface Props {
  space: Space;
  channel: Channel;
  root: Id;
}

export function ThreadPane({ space, channel, root }: Props) {
  const app = useApp();
  const open = useCallback(() => void openThread(app, channel.id, root), [app, channel.id, root]);
  useEffect(open, [open]);
  return (
    <>
      <LoadedMessages of={root} retry={open}>
        <MessageList space={space} channel={channel} thread={root} />
      </LoadedMessages>
      <Unsent place={root} />
      <Composer space={space} channel={channel} thread={root} />
    </>
  );
}
