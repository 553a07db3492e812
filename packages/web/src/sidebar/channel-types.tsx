/** The kinds of channels that can be made: what each is for, and how it looks in lists. */
import { Hash, Megaphone, MessagesSquare, type LucideIcon } from "lucide-react";
import { createElement } from "react";

export const channelTypes = ["text", "announcement", "forum"] as const;
export type ChannelType = (typeof channelTypes)[number];

const icons: Record<ChannelType, LucideIcon> = {
  text: Hash,
  announcement: Megaphone,
  forum: MessagesSquare,
};

/** One that this app does not know looks like a text channel. */
export function ChannelTypeIcon({ type, className }: { type: string; className: string }) {
  return createElement(icons[type as ChannelType] ?? Hash, { "aria-hidden": true, className });
}
