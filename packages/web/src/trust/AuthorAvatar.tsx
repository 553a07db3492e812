import type { Message } from "@multichat/client/contract";
import { Avatar, type AvatarSize } from "../design/Avatar.tsx";
import { PersonAvatar } from "./PersonAvatar.tsx";

/** The picture of who wrote a message. Who imported it did not: of what was written elsewhere there is only the name. */
export function AuthorAvatar({ message, size }: { message: Message; size?: AvatarSize }) {
  const { imported, author, space } = message;
  if (imported) return <Avatar id={imported.author} name={imported.author} size={size} />;
  return <PersonAvatar person={author} space={space} size={size} />;
}
