/** What the commands about imports take (spec/local-api.md). */
import { type ImportCommands, importFormats } from "@multichat/client/contract";
import { z } from "zod";

const id = z.string().regex(/^[0-9a-f]{64}$/, "must be an id: 64 lowercase hex digits");

export const importParams = {
  "import.start": z.strictObject({
    format: z.enum(importFormats),
    path: z.string().min(1, "must not be empty").max(4096),
    space: id,
    channel: id.exactOptional(),
  }),
  "import.get": z.strictObject({}),
  "import.cancel": z.strictObject({}),
} satisfies { [C in keyof ImportCommands]: z.ZodType<ImportCommands[C][0]> };
