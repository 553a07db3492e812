/** A small picture of a picture or film, of at most as many bytes as the format takes (spec/12-content.md, Files). */
import { viewedPixels } from "./drawable.ts";

const mostBytes = 65_536;
/** Of the longer side: sharp in a conversation, on a dense screen too. */
const side = 640;
const qualities = [0.75, 0.55, 0.35];

/** Null where there is no need of one, or it cannot be made. */
export async function thumbOf(
  bytes: Blob,
  { width, height }: { width: number; height: number },
): Promise<Blob | null> {
  const isSmall = bytes.size <= mostBytes && Math.max(width, height) <= 2 * side;
  if (isSmall || width * height > viewedPixels) return null;
  try {
    const scale = Math.min(1, side / Math.max(width, height));
    const image = await createImageBitmap(bytes, {
      resizeWidth: Math.max(1, Math.round(width * scale)),
      resizeHeight: Math.max(1, Math.round(height * scale)),
      resizeQuality: "high",
    });
    const thumb = await drawn(image, image.width, image.height);
    image.close();
    return thumb;
  } catch {
    // It is not the picture that it begins as.
    return null;
  }
}

export async function drawn(
  image: CanvasImageSource,
  width: number,
  height: number,
): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  for (const quality of qualities) {
    const small = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve, "image/webp", quality),
    );
    // Browsers that cannot write WebP answer a PNG, which is larger.
    if (small && small.size <= mostBytes) return small;
  }
  return null;
}

/** Of the square in which a file waits for its message, on a dense screen. */
const previewSide = 144;

/** The middle of a picture as a data URL of some kilobytes, which can be kept; null where it cannot be drawn. */
export async function previewOf(picture: Blob): Promise<string | null> {
  try {
    const image = await createImageBitmap(picture);
    const part = Math.min(image.width, image.height);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.min(part, previewSide);
    const [left, top] = [(image.width - part) / 2, (image.height - part) / 2];
    canvas
      .getContext("2d")!
      .drawImage(image, left, top, part, part, 0, 0, canvas.width, canvas.height);
    image.close();
    return canvas.toDataURL("image/webp", qualities[0]);
  } catch {
    // It is not the picture that it begins as.
    return null;
  }
}
