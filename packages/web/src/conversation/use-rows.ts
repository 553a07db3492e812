import type { Channel, Message } from "@multichat/client/contract";
import { useMemo } from "react";
import { useAppState } from "../state/context.tsx";
import { rowKey, type Outgoing } from "../state/sending.ts";
import type { Timeline } from "../state/timeline.ts";

const none: readonly Outgoing[] = [];

/** The loaded messages and, after them, those on their way to disk; with the key each row keeps from first to last. */
export function useRows(
  channel: Channel,
  timeline: Timeline,
): { messages: readonly Message[]; keys: readonly string[] } {
  const outgoing = useAppState((s) => s.outgoing[channel.id]) ?? none;
  const account = useAppState((s) => s.status?.account ?? null);
  return useMemo(() => {
    const sending = outgoing
      .filter((item) => item.state === "sending")
      .map((item) => savingMessage(item, channel, account ?? { id: "", name: "" }));
    const messages = sending.length > 0 ? [...timeline.messages, ...sending] : timeline.messages;
    return { messages, keys: messages.map(rowKey) };
  }, [outgoing, account, timeline.messages, channel]);
}

/** Not stored yet: `delivery` is absent, which shows as "saving". */
function savingMessage(outgoing: Outgoing, channel: Channel, author: Message["author"]): Message {
  return {
    id: outgoing.key,
    space: channel.space,
    channel: channel.id,
    author,
    own: true,
    blocked: false,
    text: outgoing.text,
    kind: "message",
    known: true,
    time: outgoing.time,
    position: "",
    late: false,
    wrongClock: false,
    wanted: false,
    refused: null,
    delivery: null,
  };
}
