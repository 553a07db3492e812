/** Whether a picture may be drawn: what a small file unfolds to can fill a computer's memory. Its first bytes say so. */
import { headBytes, imageSize } from "./image-size.ts";

export type Drawable = "yes" | "too-large" | "broken";

/** Pixels: four bytes each while it is shown, and a conversation shows many. */
export const inlinePixels = 24_000_000;
/** One at a time. */
export const viewedPixels = 120_000_000;

const known = new Map<string, Promise<number | null>>();

/** @param address of the file on this computer */
export async function drawable(address: string, pixels: number): Promise<Drawable> {
  const found = known.get(address) ?? pixelsOf(address);
  known.set(address, found);
  const count = await found;
  return count === null ? "broken" : count > pixels ? "too-large" : "yes";
}

async function pixelsOf(address: string): Promise<number | null> {
  try {
    const response = await fetch(address, { headers: { range: `bytes=0-${headBytes - 1}` } });
    const size = response.ok ? imageSize(new Uint8Array(await response.arrayBuffer())) : null;
    return size && size.width * size.height;
  } catch {
    // The node has stopped: asked again when it is back.
    known.delete(address);
    return null;
  }
}
