import type { Channel } from "@multichat/client/contract";
import { useId, type ReactNode } from "react";
import { ChannelLink } from "./ChannelLink.tsx";

interface Props {
  headingLevel: 2 | 3;
  title: string;
  channels: readonly Channel[];
  current: string | null;
  action?: ReactNode;
  /** Beneath the heading, before the channels. */
  children?: ReactNode;
}

/** One section of the sidebar. */
export function ChannelList({ headingLevel, title, channels, current, action, children }: Props) {
  const id = useId();
  const Heading = headingLevel === 2 ? "h2" : "h3";
  return (
    <section aria-labelledby={id} className="mb-3">
      <div className="flex min-h-8 items-center ps-2">
        <Heading id={id} className="flex-1 text-12 font-medium text-quiet">
          {title}
        </Heading>
        {action}
      </div>
      {children}
      <ul>
        {channels.map((channel) => (
          <ChannelLink key={channel.id} channel={channel} current={channel.id === current} />
        ))}
      </ul>
    </section>
  );
}
