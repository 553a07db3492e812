/** What a file is to whoever looks at it: by its type, which only says how it may be shown (spec/local-api.md, Files). */
import type { FileView } from "@multichat/client/contract";

export type FileKind = "image" | "video" | "audio" | "voice" | "text" | "other";

const shown: Readonly<Record<string, FileKind>> = {
  "image/png": "image",
  "image/jpeg": "image",
  "image/webp": "image",
  "image/gif": "image",
  "image/avif": "image",
  "video/mp4": "video",
  "video/webm": "video",
  "audio/mpeg": "audio",
  "audio/mp4": "audio",
  "audio/ogg": "audio",
  "audio/wav": "audio",
  "audio/webm": "audio",
  // Shown as the letters it consists of.
  "text/plain": "text",
};

export function fileKind({ type, shape }: Pick<FileView, "type" | "shape">): FileKind {
  const kind = shown[type] ?? "other";
  return kind === "audio" && shape.voice ? "voice" : kind;
}

/** As people call it: by what its name ends with. */
export function typeText(name: string, type: string): string {
  const ending = /\.([a-z0-9]{1,5})$/iu.exec(name)?.[1];
  return ending ? ending.toUpperCase() : type.slice(type.indexOf("/") + 1);
}
