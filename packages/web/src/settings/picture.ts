/** A picture somebody chose, made small enough to be shown to others (spec/10-trust.md, Profile). */

/** Pixels of a side: sharp at the largest size it is shown in, on a dense screen. */
const side = 256;
/** The most that a profile takes. */
const mostBytes = 32 * 1024;
const qualities = [0.9, 0.75, 0.6, 0.45, 0.3];
const accepted = ["image/png", "image/jpeg", "image/webp"];

export type PictureResult = { ok: true; data: string; type: string } | { ok: false; why: "not-image" | "damaged" | "too-large" };

/** The middle square, as WebP or JPEG of at most 32 KiB, in base64. What the file is decides the browser's decoder, not its name. */
export async function preparePicture(file: Blob): Promise<PictureResult> {
  if (!accepted.includes(file.type)) return { ok: false, why: "not-image" };
  let image: ImageBitmap;
  try {
    image = await createImageBitmap(file);
  } catch {
    return { ok: false, why: "damaged" };
  }
  const edge = Math.min(image.width, image.height);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.min(side, edge);
  const context = canvas.getContext("2d")!;
  // What is see-through would be black as a JPEG.
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, (image.width - edge) / 2, (image.height - edge) / 2, edge, edge, 0, 0, canvas.width, canvas.height);
  image.close();
  for (const quality of qualities) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/webp", quality));
    // Browsers that cannot write WebP answer a PNG, which is larger.
    const small = blob?.type === "image/webp" ? blob : await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
    if (small && small.size <= mostBytes) return { ok: true, data: await base64(small), type: small.type };
  }
  return { ok: false, why: "too-large" };
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCodePoint(byte);
  return btoa(text);
}
