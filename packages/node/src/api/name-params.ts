/** What people, workspaces, channels and roles are called, as others will see it; see command-params.ts. */
import { shownName } from "@multichat/core";
import { limits as format } from "@multichat/protocol";
import { z } from "zod";

/** Without what would be left out wherever it is shown (spec/10): whoever has to type a name again could not. */
export const name = z
  .string()
  .transform((text) => shownName(text) ?? "")
  .pipe(z.string().min(1, "must not be empty").max(format.name, `must have at most ${format.name} characters`));
