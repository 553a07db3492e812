/** Parameters of the commands about who is who; see command-params.ts. */
import type { TrustCommands } from "@multichat/client/contract";
import { limits as format } from "@multichat/protocol";
import { z } from "zod";
import { name } from "./name-params.ts";
import { time } from "./time-params.ts";

const nothing = z.strictObject({});
const id = z.string().regex(/^[0-9a-f]{64}$/, "must be an id: 64 lowercase hex digits");
const line = (most: number) => z.string().trim().max(most, `must have at most ${most} characters`);
const account = z.strictObject({ account: id });
/** Base64 of what an image may have. */
const imageText = Math.ceil(format.avatar / 3) * 4;

export const trustParams = {
  "account.set": z.strictObject({
    name: name.exactOptional(),
    about: line(format.about).nullable().exactOptional(),
    pronouns: line(format.pronouns).nullable().exactOptional(),
    avatar: z
      .base64("must be base64")
      .max(imageText, `must be an image of at most ${format.avatar / 1024} KiB`)
      .nullable()
      .exactOptional(),
  }),

  "person.get": account,
  "person.list": nothing,
  "person.avatar": account,

  "contact.list": nothing,
  "contact.name": z.strictObject({ account: id, petname: line(format.name) }),
  "contact.safety-number": account,
  "contact.verify": z.strictObject({
    account: id,
    method: z.enum(["digits", "qr"]),
    code: z.string().trim().max(512).exactOptional(),
  }),
  "contact.block": account,
  "contact.unblock": account,
  "contact.vouch": z.strictObject({
    account: id,
    space: id,
    claim: name.exactOptional(),
    until: time.exactOptional(),
  }),
  "contact.unvouch": z.strictObject({ account: id, space: id }),

  "introduction.create": z.strictObject({ account: id, to: id }),
  "introduction.list": nothing,
  "introduction.answer": z.strictObject({ introduction: z.string().min(1).max(64), accept: z.boolean() }),
} satisfies { [C in keyof TrustCommands]: z.ZodType<TrustCommands[C][0]> };
