/**
 * Pictures without what cameras, phones and programs write into them: where and when, with what, by whom, small pictures of what was
 * cut off. Nothing is encoded anew: what is not needed to draw the picture is left out.
 */
import { imageSize } from "../image-size.ts";
import { stripGif } from "./gif.ts";
import { stripJpeg } from "./jpeg.ts";
import { stripPng } from "./png.ts";
import { stripWebp } from "./webp.ts";

export interface Stripped {
  /** What remains, one after the other. */
  parts: Uint8Array<ArrayBuffer>[];
  /** Something was left out. */
  removed: boolean;
  /** 1–8, kept. */
  orientation: number;
}

/** Null where it is none of JPEG, PNG, WebP and GIF, or not a whole one. */
export function strip(bytes: Uint8Array<ArrayBuffer>): Stripped | null {
  switch (imageSize(bytes)?.type) {
    case "image/jpeg":
      return stripJpeg(bytes);
    case "image/png":
      return stripPng(bytes);
    case "image/webp":
      return stripWebp(bytes);
    case "image/gif":
      return stripGif(bytes);
    default:
      return null;
  }
}
