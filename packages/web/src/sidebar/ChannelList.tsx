import type { Channel } from "@multichat/client/contract";
import { useId, type ReactNode } from "react";
import { ChannelLink } from "./ChannelLink.tsx";

interface Props {
  title: string;
  channels: readonly Channel[];
  current: string | null;
  action?: ReactNode;
}

/** One section of the sidebar. */
export function ChannelList({ title, channels, current, action }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mb-3">
      <div className="flex min-h-8 items-center ps-2">
        <h3 id={id} className="flex-1 text-12 font-medium text-quiet">
          {title}
        </h3>
        {action}
      </div>
      <ul>
        {channels.map((channel) => (
          <ChannelLink key={channel.id} channel={channel} current={channel.id === current} />
        ))}
      </ul>
    </section>
  );
}
