import type { Person, Space } from "@multichat/client/contract";
import { Hash, Lock, Users } from "lucide-react";
import { Avatar } from "../design/Avatar.tsx";

/** A number sign, a lock, or the person one talks with. */
export function PlaceIcon({ kind, people }: { kind: Space["kind"]; people: readonly Person[] }) {
  const [person, ...more] = people;
  if (kind === "direct" && person && more.length === 0) return <Avatar id={person.id} name={person.name} size="s" />;
  const Icon = kind === "direct" ? Users : kind === "private" ? Lock : Hash;
  return <Icon aria-hidden="true" className={`size-4 shrink-0 opacity-70 ${kind === "direct" ? "mx-1" : ""}`} />;
}
