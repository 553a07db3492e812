import { memo } from "react";
import { hueOf, initialsOf } from "./person-look.ts";

export type AvatarSize = "s" | "m" | "l" | "xl";

interface Props {
  id: string;
  name: string;
  size?: AvatarSize | undefined;
  /** Workspaces are rounded squares, people are circles. */
  square?: boolean;
  /** A data URL. */
  picture?: string | null;
}

const sizes = { s: "size-6 text-[0.625rem]", m: "size-9 text-13", l: "size-10 text-15", xl: "size-16 text-21" };

/** A picture, or initials on a colour of one's own. Decoration: the name is always written beside it. */
export const Avatar = memo(function Avatar({ id, name, size = "m", square = false, picture = null }: Props) {
  if (picture) {
    return <img src={picture} alt="" className={`shrink-0 object-cover select-none ${sizes[size]} ${square ? "rounded-m" : "rounded-full"}`} />;
  }
  return (
    <span
      aria-hidden="true"
      className={`person-tile grid shrink-0 place-items-center font-bold select-none ${sizes[size]} ${square ? "rounded-m" : "rounded-full"}`}
      style={{ "--hue": hueOf(id) } as React.CSSProperties}
    >
      {initialsOf(name)}
    </span>
  );
});
