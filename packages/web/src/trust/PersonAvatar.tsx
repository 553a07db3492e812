import type { Id, Identity, Person } from "@multichat/client/contract";
import { useEffect } from "react";
import { Avatar, type AvatarSize } from "../design/Avatar.tsx";
import { useApp, useAppState } from "../state/context.tsx";
import { findIdentity, loadPicture, memberOf } from "../state/people.ts";

interface Props {
  person: Person | Identity;
  /** Where the person is met; without it they are looked for everywhere. */
  space?: Id;
  size?: AvatarSize | undefined;
}

/** Somebody's picture, or their initials while there is none. */
export function PersonAvatar({ person, space, size }: Props) {
  const app = useApp();
  const own = "avatar" in person ? person.avatar : undefined;
  const known = useAppState((s) => (space ? memberOf(s, space, person.id) : findIdentity(s, person.id))?.avatar ?? null);
  const avatar = own === undefined ? known : own;
  const picture = useAppState((s) => (avatar ? (s.pictures[avatar] ?? null) : null));
  useEffect(() => {
    if (avatar) void loadPicture(app, person.id, avatar);
  }, [app, person.id, avatar]);
  return <Avatar id={person.id} name={person.name} size={size} picture={picture} />;
}
