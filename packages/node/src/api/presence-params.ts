/** Parameters of the commands about presence; see command-params.ts. */
import { type PresenceCommands, presenceChoices, presenceVisibilities } from "@multichat/client/contract";
import { limits as format } from "@multichat/protocol";
import { z } from "zod";
import { time } from "./time-params.ts";

const nothing = z.strictObject({});
const id = z.string().regex(/^[0-9a-f]{64}$/, "must be an id: 64 lowercase hex digits");
const line = (most: number) => z.string().trim().min(1, "must not be empty").max(most, `must have at most ${most} characters`).nullable();
const status = z.strictObject({ emoji: line(format.emoji), text: line(format.statusText), away: line(format.awayText), until: time });
/** More spaces, or people, than anybody has an exception for. */
const many = 1_000;

export const presenceParams = {
  "presence.get": nothing,
  "presence.set": z.strictObject({
    state: z.enum(presenceChoices).exactOptional(),
    until: time.exactOptional(),
    status: status.nullable().exactOptional(),
  }),
  "presence.active": nothing,
  "presence.watch": z.strictObject({ accounts: z.array(id).max(100) }),
  "presence.settings": nothing,
  "presence.set-settings": z.strictObject({
    visibility: z.enum(presenceVisibilities).exactOptional(),
    lastSeen: z.boolean().exactOptional(),
    typing: z.boolean().exactOptional(),
    receipts: z.boolean().exactOptional(),
    spaces: z.array(z.strictObject({ space: id, visibility: z.enum(["everyone", "contacts", "nobody"]).nullable() })).max(many).exactOptional(),
    people: z.array(z.strictObject({ account: id, show: z.enum(["always", "never"]).nullable() })).max(many).exactOptional(),
  }),
  "typing.set": z.strictObject({ channel: id, thread: id.exactOptional(), state: z.enum(["typing", "recording"]).nullable() }),
  "message.seen": z.strictObject({ message: id }),
} satisfies { [C in keyof PresenceCommands]: z.ZodType<PresenceCommands[C][0]> };
