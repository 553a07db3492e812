/** What is unread in one place, the oldest first, and how to be done with it. */
import type { Channel, Id, Message } from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { problemText } from "../i18n/problem-text.ts";
import { useApp } from "../state/context.tsx";
import type { App } from "../state/store.ts";

export interface UnreadPlace {
  channel: Channel;
  /** The message its thread hangs on; null: the channel itself. */
  root: Message | null;
  unread: number;
  mentions: number;
}

/** More than that is better read where it is. */
const mostShown = 30;

export interface Unread {
  /** Null until they are here. */
  messages: readonly Message[] | null;
  problem: string | null;
}

export function useUnread({ channel, root, unread }: UnreadPlace): Unread {
  const app = useApp();
  const [answer, setAnswer] = useState<Unread>({ messages: null, problem: null });
  const { id, readUpTo } = channel;
  const thread = root?.id ?? null;
  const fetchUnread = useCallback(async () => {
    try {
      return {
        messages: await unreadMessages(app, id, thread, thread ? null : readUpTo, unread),
        problem: null,
      };
    } catch (error) {
      return { messages: null, problem: problemText(error) };
    }
  }, [app, id, thread, readUpTo, unread]);
  useEffect(() => {
    let current = true;
    void fetchUnread().then((given) => current && setAnswer(given));
    return () => {
      current = false;
    };
  }, [fetchUnread]);
  return answer;
}

async function unreadMessages(
  app: App,
  channel: Id,
  thread: Id | null,
  readUpTo: Id | null,
  unread: number,
): Promise<readonly Message[]> {
  const place = { channel, ...(thread && { thread }) };
  if (readUpTo) {
    const { message } = await app.client.call("message.get", { message: readUpTo });
    const { messages } = await app.client.call("message.list", {
      ...place,
      after: message.position,
      limit: mostShown,
    });
    return messages.filter(({ own }) => !own);
  }
  const { messages } = await app.client.call("message.list", {
    ...place,
    limit: Math.min(200, unread + mostShown),
  });
  return messages
    .filter(({ own }) => !own)
    .slice(-unread)
    .slice(0, mostShown);
}

/** Everything there is read, also what came meanwhile. */
export async function markPlaceRead(app: App, { channel, root }: UnreadPlace): Promise<void> {
  const place = { channel: channel.id, ...(root && { thread: root.id }) };
  const { messages } = await app.client.call("message.list", { ...place, limit: 1 });
  const newest = messages.at(-1);
  if (!newest) return;
  const answer = await app.client.call("read.mark", { ...place, message: newest.id });
  app.store.setState((s) => ({ channels: { ...s.channels, [answer.channel.id]: answer.channel } }));
}
