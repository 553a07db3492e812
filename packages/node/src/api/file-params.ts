/** Parameters of the commands about files; see command-params.ts. */
import type { FileCommands, FileDraft } from "@multichat/client/contract";
import { limits as format } from "@multichat/protocol";
import { z } from "zod";

const id = z.string().regex(/^[0-9a-f]{64}$/, "must be an id: 64 lowercase hex digits");
const one = z.strictObject({ message: id, blob: id });
const pixels = z.int().min(1).max(65_535);

export const fileDraft = z.strictObject({
  blob: id,
  name: z.string().min(1).max(255),
  type: z.string().regex(/^[a-z0-9.+/-]{1,100}$/, "must be a media type in lower case"),
  shape: z
    .strictObject({
      width: pixels.exactOptional(),
      height: pixels.exactOptional(),
      duration: z.int().min(0).max(2 ** 47 - 1).exactOptional(),
      thumb: z.strictObject({ blob: id, size: z.int().min(1).max(format.thumb) }).exactOptional(),
      wave: z.array(z.int().min(0).max(255)).max(64).exactOptional(),
      voice: z.literal(true).exactOptional(),
      alt: z.string().min(1).max(format.alt).exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<FileDraft>;

export const fileParams = {
  "file.get": one,
  "file.fetch": one,
  "file.cancel": one,
  "file.looked": z.strictObject({ message: id }),
  "space.storage": z.strictObject({ space: id }),
  "space.keep-files": z.strictObject({ space: id, days: z.int().min(1).max(36_500).nullable() }),
  "space.file-limit": z.strictObject({ space: id, bytes: z.int().min(0).max(2 ** 40) }),
} satisfies { [C in keyof FileCommands]: z.ZodType };
