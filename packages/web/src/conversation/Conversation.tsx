/** One channel: its header, messages and composer. */
import type { Channel, Space } from "@multichat/client/contract";
import { useEffect } from "react";
import { Composer } from "../composer/Composer.tsx";
import { Unsent } from "../composer/Unsent.tsx";
import { useApp, useAppState } from "../state/context.tsx";
import { openChannel } from "../state/loading.ts";
import type { SidePane } from "../state/address.ts";
import { ConversationHeader } from "./ConversationHeader.tsx";
import { MessageList } from "./MessageList.tsx";
import { MessageSkeletons } from "./MessageSkeletons.tsx";
import { LoadProblem } from "./LoadProblem.tsx";

interface Props {
  space: Space;
  channel: Channel;
  pane: SidePane | null;
}

export function Conversation({ space, channel, pane }: Props) {
  const app = useApp();
  const state = useAppState((s) => {
    const timeline = s.timelines[channel.id];
    if (!timeline || timeline.loading === "first") return "loading";
    return timeline.problem && timeline.messages.length === 0 ? "problem" : "loaded";
  });

  useEffect(() => {
    void openChannel(app, channel.id);
  }, [app, channel.id]);

  return (
    <>
      <ConversationHeader space={space} channel={channel} pane={pane} />
      <div className="relative min-h-0 flex-1">
        {state === "loading" && <MessageSkeletons />}
        {state === "problem" && <LoadProblem channel={channel.id} />}
        {state === "loaded" && <MessageList space={space} channel={channel} />}
      </div>
      <Unsent place={channel.id} />
      <Composer space={space} channel={channel} />
    </>
  );
}
