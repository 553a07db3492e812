import { plainContent } from "@multichat/client/contract";
import type { Channel, Id, Message } from "@multichat/client/contract";
import { useMemo } from "react";
import { useAppState } from "../state/context.tsx";
import { readable } from "../state/readable.ts";
import { rowKey, type Outgoing } from "../state/sending.ts";
import { findMember } from "../state/people.ts";
import { asKnown } from "./as-known.ts";
import { foldBlocked } from "./fold-blocked.ts";
import type { Timeline } from "../state/timeline.ts";

const none: readonly Outgoing[] = [];

export interface Rows {
  messages: readonly Message[];
  /** The key each row keeps from first to last. */
  keys: readonly string[];
  /** By id, of a message of somebody blocked: for how many that follow on each other its row stands. */
  hidden: ReadonlyMap<string, number>;
}

/** The loaded messages and, after them, those on their way to disk. */
export function useRows(channel: Channel, key: Id, timeline: Timeline): Rows {
  const outgoing = useAppState((s) => s.outgoing[key]) ?? none;
  const account = useAppState((s) => s.status?.account ?? null);
  const unhidden = useAppState((s) => s.unhidden);
  const members = useAppState((s) => s.members[channel.space]);
  return useMemo(() => {
    const sending = outgoing
      .filter((item) => item.state === "sending")
      .map((item) => savingMessage(item, channel, account ?? { id: "", name: "" }, timeline.messages.find(({ id }) => id === item.more.reply)));
    const all = sending.length > 0 && !timeline.hasNewer ? [...timeline.messages, ...sending] : timeline.messages;
    const { messages, hidden } = foldBlocked(asKnown(all, (author) => findMember(members, author)), unhidden);
    return { messages, hidden, keys: messages.map(rowKey) };
  }, [outgoing, account, timeline.messages, timeline.hasNewer, channel, unhidden, members]);
}

/** Not stored yet: `delivery` is absent, which shows as "saving". */
function savingMessage(outgoing: Outgoing, channel: Channel, author: Message["author"], quoted: Message | undefined): Message {
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
    ...plainContent,
    files: [...outgoing.files],
    once: outgoing.more.once ? { looked: false } : null,
    mentions: [...outgoing.mentions],
    reply: quoted ? { id: quoted.id, author: quoted.author, imported: quoted.imported?.author ?? null, text: readable(quoted), position: quoted.position } : null,
    thread: outgoing.more.thread ?? null,
    wrongClock: false,
    wanted: false,
    deleted: null,
    refused: null,
    delivery: null,
  };
}
