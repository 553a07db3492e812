/**
 * A file as it is sent: what cameras and phones wrote into a picture or film left out, and what others need to show it before it is there.
 * Everything is done in this browser; nothing leaves the computer before the message is sent.
 */
import type { FileShape } from "@multichat/client/contract";
import { inlinePixels } from "./drawable.ts";
import { headBytes, imageSize, type ImageSize } from "./image-size.ts";
import { measured } from "./measured.ts";
import { textAt } from "./strip/boxes.ts";
import { strip } from "./strip/strip.ts";
import { stripBoxes } from "./strip/strip-boxes.ts";
import { liesOnItsSide } from "./strip/orientation.ts";
import { thumbOf } from "./thumb.ts";

/**
 * What of camera and place data there was. `none`: nothing. `removed`. `kept`: as was wished. `stays`: this kind of file may hold some,
 * and it cannot be taken out here.
 */
export type CameraData = "none" | "removed" | "kept" | "stays";

export interface Prepared {
  bytes: Blob;
  name: string;
  type: string;
  shape: Omit<FileShape, "thumb">;
  thumb: Blob | null;
  /** What shows it to whoever sends it: like everybody's pictures, only where it unfolds to as much as may be drawn. */
  preview: Blob | null;
  data: CameraData;
}

/** A larger picture that is not made of boxes is not read into memory: it goes as it is, and says so. */
const strippedBytes = 100_000_000;
const unknownType = "application/octet-stream";
/** Sides as the format holds them. */
const longestSide = 65_535;

export async function prepare(file: File, keepData: boolean): Promise<Prepared> {
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const size = imageSize(head);
  if (size) return preparePicture(file, size, keepData);
  const type = plainType(file.type);
  const [kind] = type.split("/", 1);
  const media =
    kind === "video" || kind === "audio" ? await measured(file, kind) : { shape: {}, thumb: null };
  const isCamera =
    kind === "video" || kind === "image" || (type === unknownType && mayBeCameras(head));
  const { bytes, data } = isCamera
    ? await withoutData(file, keepData)
    : { bytes: file, data: "none" as const };
  return { bytes, name: nameOf(file), type, ...media, preview: media.thumb, data };
}

async function preparePicture(file: File, size: ImageSize, keepData: boolean): Promise<Prepared> {
  const { bytes, data, orientation } = await withoutData(file, keepData);
  const [width, height] = liesOnItsSide(orientation)
    ? [size.height, size.width]
    : [size.width, size.height];
  const thumb = await thumbOf(bytes, { width, height });
  const fits = width <= longestSide && height <= longestSide;
  return {
    bytes,
    name: nameOf(file),
    type: size.type,
    shape: fits ? { width, height } : {},
    thumb,
    preview: thumb ?? (width * height <= inlinePixels ? bytes : null),
    data,
  };
}

interface Cleared {
  bytes: Blob;
  data: CameraData;
  orientation: number;
}

/** Of a picture or a film. */
async function withoutData(file: File, keepData: boolean): Promise<Cleared> {
  const stripped = (await stripBoxes(file)) ?? (await stripWhole(file));
  if (stripped === null) return { bytes: file, data: "stays", orientation: 1 };
  const { bytes, removed, orientation } = stripped;
  if (!removed) return { bytes: file, data: "none", orientation };
  return keepData
    ? { bytes: file, data: "kept", orientation }
    : { bytes, data: "removed", orientation };
}

async function stripWhole(file: File) {
  if (file.size > strippedBytes) return null;
  const stripped = strip(new Uint8Array(await file.arrayBuffer()));
  return stripped && { ...stripped, bytes: new Blob(stripped.parts, { type: file.type }) };
}

/** Made of boxes, or a JPEG: not every system tells its browser what HEIC is, and some files have lost their endings. */
function mayBeCameras(head: Uint8Array): boolean {
  const isJpeg = head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff;
  return isJpeg || textAt(head, 4, 4) === "ftyp";
}

/** A media type without its parameters, as the format takes it. */
function plainType(type: string): string {
  const [plain = ""] = type.toLowerCase().split(";", 1);
  return /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/u.test(plain) && plain.length <= 100 ? plain : unknownType;
}

/** A name that the format takes: never a path. */
function nameOf({ name }: File): string {
  const plain = name
    .replaceAll(/[/\\\p{Cc}]/gu, "_")
    .slice(0, 255)
    .toWellFormed();
  return plain === "" || plain === "." || plain === ".." ? "file" : plain;
}
