/** Parameters of the commands about what people write; see command-params.ts. */
import type { ContentCommands, SendMore } from "@multichat/client/contract";
import { limits as format } from "@multichat/protocol";
import { z } from "zod";
import { fileDraft } from "./file-params.ts";
import { longestLife, time } from "./time-params.ts";

const id = z.string().regex(/^[0-9a-f]{64}$/, "must be an id: 64 lowercase hex digits");
const text = z
  .string()
  .regex(/\S/, "must not be empty")
  .max(format.messageText, `must have at most ${format.messageText} characters`);
const title = z.string().trim().min(1, "must not be empty").max(format.title);
const tags = z.array(z.string().trim().min(1).max(format.tag)).max(format.tagsOfTopic);
const retention = z.int().min(0).max(longestLife);
/** A kind's payload, which the kind itself checks. */
const value = z.record(z.string().max(64), z.unknown());

const more = {
  reply: id.exactOptional(),
  thread: id.exactOptional(),
  also: z.boolean().exactOptional(),
  title: title.exactOptional(),
  tags: tags.exactOptional(),
  expiresIn: z.int().min(1_000).max(longestLife * 1_000).exactOptional(),
  files: z.array(fileDraft).min(1).max(format.filesOfMessage).exactOptional(),
  once: z.boolean().exactOptional(),
} satisfies { [K in keyof SendMore]-?: z.ZodType };

export const contentParams = {
  "message.send": z
    .strictObject({ channel: id, text: z.string().max(format.messageText, `must have at most ${format.messageText} characters`), ...more })
    .refine(({ text: written, files }) => files !== undefined || /\S/.test(written), { path: ["text"], message: "must not be empty" }),
  "message.get": z.strictObject({ message: id }),
  "message.edit": z.strictObject({ message: id, text, title: title.exactOptional(), tags: tags.exactOptional() }),
  "message.history": z.strictObject({ message: id }),
  "message.forward": z.strictObject({ message: id, channel: id }),
  "reaction.set": z.strictObject({ message: id, emoji: z.string().min(1).max(format.emoji), on: z.boolean() }),
  "pin.set": z.strictObject({ message: id, on: z.boolean() }),
  "pin.list": z.strictObject({ channel: id }),
  "save.set": z.strictObject({ message: id, on: z.boolean() }),
  "save.list": z.strictObject({}),
  "thread.list": z.strictObject({ space: id }),
  "read.unmark": z.strictObject({ message: id }),
  "content.create": z.strictObject({ channel: id, kind: z.string().max(format.kind), value }),
  "content.annotate": z.strictObject({ message: id, kind: z.string().max(format.kind), value }),
  search: z.strictObject({
    query: z.string().max(500, "must have at most 500 characters"),
    space: id.exactOptional(),
    channel: id.exactOptional(),
    from: id.exactOptional(),
    before: time.exactOptional(),
    after: time.exactOptional(),
    pinned: z.boolean().exactOptional(),
    hasFile: z.boolean().exactOptional(),
    cursor: z.string().max(256).exactOptional(),
    limit: z.int().min(1).max(100).exactOptional(),
    relevance: z.boolean().exactOptional(),
  }),
  "schedule.create": z.strictObject({ channel: id, text, at: time, ...more }),
  "channel.retention": z.strictObject({ channel: id, seconds: retention }),
  "channel.expired": z.strictObject({ channel: id, before: z.string().max(128).exactOptional() }),
  "space.retention": z.strictObject({ space: id, seconds: retention }),
  "schedule.list": z.strictObject({}),
  "schedule.cancel": z.strictObject({ scheduled: z.string().min(1).max(64) }),
} satisfies { [C in keyof ContentCommands | "message.send"]: z.ZodType };
