/** Parameters of the commands about ownership; see command-params.ts. */
import type { OwnershipCommands } from "@multichat/client/contract";
import { limits as format } from "@multichat/protocol";
import { z } from "zod";

const id = z.string().regex(/^[0-9a-f]{64}$/, "must be an id: 64 lowercase hex digits");
const words = z.array(z.string().trim().toLowerCase().min(1).max(32)).length(24).exactOptional();
const space = z.strictObject({ space: id });
const yes = z.boolean().exactOptional();

export const ownershipParams = {
  "space.transfer-ownership": z.strictObject({ space: id, account: id, words, stay: yes }),
  "ownership.get": space,
  "ownership.set-recovery": z.strictObject({
    space: id,
    accounts: z.array(id).min(1, "must name at least one").max(format.rootKeys),
    needed: z.int().min(1),
    words,
  }),
  "ownership.request": space,
  "ownership.withdraw": space,
  "ownership.approve": z.strictObject({ space: id, request: id, words }),
  "ownership.take": z.strictObject({ space: id, words, keep: yes, anew: yes, override: yes }),
} satisfies { [C in keyof OwnershipCommands]: z.ZodType<OwnershipCommands[C][0]> };
