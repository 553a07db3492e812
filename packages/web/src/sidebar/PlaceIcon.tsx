import type { Person, Space } from "@multichat/client/contract";
import { Lock, Users } from "lucide-react";
import { Avatar } from "../design/Avatar.tsx";
import { ChannelTypeIcon } from "./channel-types.tsx";

/** What its type of channel has, a lock, or the person one talks with. */
export function PlaceIcon({
  kind,
  people,
  type,
}: {
  kind: Space["kind"];
  people: readonly Person[];
  type: string;
}) {
  const [person, ...more] = people;
  if (kind === "direct" && person && more.length === 0)
    return <Avatar id={person.id} name={person.name} size="s" />;
  if (kind === "team")
    return <ChannelTypeIcon type={type} className="size-4 shrink-0 opacity-70" />;
  const Icon = kind === "direct" ? Users : Lock;
  return (
    <Icon
      aria-hidden="true"
      className={`size-4 shrink-0 opacity-70 ${kind === "direct" ? "mx-1" : ""}`}
    />
  );
}
