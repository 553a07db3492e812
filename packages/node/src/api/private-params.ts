/** Parameters of the commands about private channels and conversations; see command-params.ts. */
import type { PrivateCommands } from "@multichat/client/contract";
import { limits as format } from "@multichat/protocol";
import { z } from "zod";
import { name } from "./name-params.ts";

const id = z.string().regex(/^[0-9a-f]{64}$/, "must be an id: 64 lowercase hex digits");
/** Of those an offer of a conversation can name. */
const accounts = z.array(id).max(format.offerPeople - 1);
const topic = z.string().trim().max(format.topic, `must have at most ${format.topic} characters`);

export const privateParams = {
  "dm.open": z.strictObject({ accounts: accounts.min(1) }),
  "dm.add": z.strictObject({ space: id, accounts: accounts.min(1) }),
  "private.create": z.strictObject({ space: id, name, topic: topic.exactOptional(), members: accounts, showParent: z.boolean().exactOptional() }),
  "private.add": z.strictObject({ space: id, accounts: accounts.min(1) }),
  "channel.make-private": z.strictObject({ channel: id, members: accounts }),
  "request.list": z.strictObject({}),
  "request.accept": z.strictObject({ request: id }),
  "request.decline": z.strictObject({ request: id, block: z.boolean().exactOptional() }),
} satisfies { [C in keyof PrivateCommands]: z.ZodType<PrivateCommands[C][0]> };
