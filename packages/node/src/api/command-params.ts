/**
 * What each command takes, checked for everything that comes from outside. The types of the contract are the authority:
 * `satisfies` holds every schema to them. Fields nobody knows are refused, so that a misspelt `expiresIn` cannot make an
 * invite that never expires. What is allowed and what exists is the engine's to say.
 */
import type { CommandName, Commands } from "@multichat/client/contract";
import { limits as format } from "@multichat/protocol";
import { z } from "zod";
import { name } from "./name-params.ts";
import { contentParams } from "./content-params.ts";
import { fileParams } from "./file-params.ts";
import { deviceParams } from "./device-params.ts";
import { importParams } from "./import-params.ts";
import { notificationParams } from "./notification-params.ts";
import { privateParams } from "./private-params.ts";
import { presenceParams } from "./presence-params.ts";
import { trustParams } from "./trust-params.ts";
import { ownershipParams } from "./ownership-params.ts";
import { moderationParams } from "./moderation-params.ts";
import { roleParams } from "./role-params.ts";
import { longestLife } from "./time-params.ts";

const nothing = z.strictObject({});
const id = z.string().regex(/^[0-9a-f]{64}$/, "must be an id: 64 lowercase hex digits");
const topic = z.string().trim().max(format.topic, `must have at most ${format.topic} characters`);
const link = z.string().trim().min(1, "must not be empty").max(16_384);
const position = z.string().min(1).max(256);
const count = z.int().nonnegative();

export const commandParams = {
  "status.get": nothing,
  "doctor.run": nothing,

  "account.create": z.strictObject({ name }),
  "account.get": nothing,
  "account.phrase": nothing,
  "account.confirm-phrase": z.strictObject({
    words: z
      .array(
        z.strictObject({
          position: z.int().min(0).max(23),
          word: z.string().trim().toLowerCase().min(1).max(32),
        }),
      )
      .min(3)
      .max(24),
  }),

  "device.renew": nothing,
  ...contentParams,
  ...fileParams,
  ...importParams,
  ...deviceParams,
  ...trustParams,
  ...presenceParams,
  ...privateParams,
  ...roleParams,
  ...moderationParams,
  ...ownershipParams,
  ...notificationParams,

  "space.create": z.strictObject({ name }),
  "space.list": nothing,
  "space.leave": z.strictObject({ space: id }),

  "channel.create": z.strictObject({ space: id, name, topic: topic.exactOptional(), type: z.enum(["text", "announcement", "forum"]).exactOptional() }),
  "channel.list": z.strictObject({ space: id }),
  "channel.topic": z.strictObject({ channel: id, topic }),

  "member.list": z.strictObject({ space: id }),

  "invite.create": z.strictObject({
    space: id,
    role: name.exactOptional(),
    expiresIn: count.max(longestLife * 1_000).exactOptional(),
    uses: count.exactOptional(),
  }),
  "invite.list": z.strictObject({ space: id }),
  "invite.revoke": z.strictObject({ space: id, invite: id }),
  "invite.preview": z.strictObject({ link }),

  "join.start": z.strictObject({ link }),
  "join.list": nothing,
  "join.cancel": z.strictObject({ join: z.string().min(1).max(256) }),

  "message.list": z.strictObject({
    channel: id,
    thread: id.exactOptional(),
    before: position.exactOptional(),
    after: position.exactOptional(),
    limit: z.int().min(1).max(200).exactOptional(),
  }),
  "message.delivery": z.strictObject({ message: id }),
  "read.mark": z.strictObject({ channel: id, thread: id.exactOptional(), message: id }),

  "peer.list": nothing,

  watch: z.strictObject({ channels: z.array(id).max(1_000), threads: z.array(id).max(100).exactOptional() }),
} satisfies { [C in CommandName]: z.ZodType<Commands[C][0]> };
