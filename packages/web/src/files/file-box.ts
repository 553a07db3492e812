/** The room that a picture or film takes in a conversation, known before it is here: nothing moves when it comes. */
import type { FileShape } from "@multichat/client/contract";

const most = { width: 360, height: 280 };
/** What there is to say about it has to fit. */
const least = { width: 240, height: 160 };

export interface Box {
  /** CSS pixels. */
  width: number;
  height: number;
}

/** Its sides are its author's word: the box never leaves these bounds. */
export function fileBox({
  width = most.width,
  height = (most.width * 3) / 4,
}: Pick<FileShape, "width" | "height">): Box {
  const scale = Math.min(1, most.width / width, most.height / height);
  const bounded = (side: "width" | "height", pixels: number) =>
    Math.max(least[side], Math.round(pixels * scale));
  return { width: bounded("width", width), height: bounded("height", height) };
}
