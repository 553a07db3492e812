import type { Message } from "@multichat/client/contract";
import { plainText } from "../state/plain-text.ts";

export const topicOrders = ["active", "newest"] as const;
export type TopicOrder = (typeof topicOrders)[number];

/** The topics among a forum's messages: all but replies that are shown in the channel as well. */
export function topicsOf(
  messages: readonly Message[],
  order: TopicOrder,
  tag: string | null,
): Message[] {
  const time = (topic: Message) => (order === "active" ? lastAt(topic) : topic.time);
  return messages
    .filter(({ thread, tags }) => thread === null && (tag === null || tags.includes(tag)))
    .sort((a, b) => time(b) - time(a));
}

export function lastAt({ replies, time }: Message): number {
  return Math.max(time, replies?.lastAt ?? 0);
}

/** What somebody wrote without a title is called by how it begins. */
export function titleOf(topic: Message): string {
  return topic.title ?? plainText(topic).slice(0, 80);
}
