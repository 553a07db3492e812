import { memo } from "react";
import { hueOf, initialsOf } from "./person-look.ts";

interface Props {
  id: string;
  name: string;
  size?: "s" | "m" | "l" | "xl";
  /** Workspaces are rounded squares, people are circles. */
  square?: boolean;
}

const sizes = { s: "size-6 text-[0.625rem]", m: "size-9 text-13", l: "size-10 text-15", xl: "size-16 text-21" };

/** Initials on a colour of one's own. Decoration: the name is always written beside it. */
export const Avatar = memo(function Avatar({ id, name, size = "m", square = false }: Props) {
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
