/** Parameters of the commands about removing, restricting, deleting and reporting; see command-params.ts. */
import { auditKinds, type ModerationCommands } from "@multichat/client/contract";
import { z } from "zod";
import { time } from "./time-params.ts";

const id = z.string().regex(/^[0-9a-f]{64}$/, "must be an id: 64 lowercase hex digits");
const inSpace = z.strictObject({ space: id });
const override = z.boolean().exactOptional();
const request = z.strictObject({ space: id, request: id });
/** As many as one event may name. */
const ids = z.array(id).min(1).max(512);
const cleanUp = {
  space: id,
  accounts: ids.exactOptional(),
  invite: id.exactOptional(),
  since: time,
};

export const moderationParams = {
  "member.kick": z.strictObject({ space: id, account: id, override }),
  "member.ban": z.strictObject({ space: id, account: id, override, until: time.exactOptional() }),
  "member.unban": z.strictObject({ space: id, account: id }),
  "member.mute": z.strictObject({ space: id, account: id, on: z.boolean(), until: time.exactOptional() }),
  "restriction.list": inSpace,
  "removal.preview": z.strictObject({ space: id, account: id }),

  "audit.list": z.strictObject({
    space: id,
    kind: z.enum(auditKinds).exactOptional(),
    by: id.exactOptional(),
    of: id.exactOptional(),
    before: z.string().min(1).max(256).exactOptional(),
    limit: z.int().min(1).max(200).exactOptional(),
  }),

  "report.create": z.strictObject({
    message: id,
    reason: z.string().trim().max(500, "must have at most 500 characters"),
  }),
  "report.list": inSpace,
  "report.resolve": z.strictObject({ space: id, report: z.string().min(1).max(256) }),

  "message.delete": z.strictObject({ message: id }),

  "moderation.preview": z.strictObject(cleanUp),
  "moderation.cleanup": z.strictObject({ ...cleanUp, override }),

  "moderation.voided": z.strictObject({ space: id, cause: id.exactOptional() }),
  "moderation.adopt": z.strictObject({ space: id, cause: id, events: ids }),

  "join.requests": inSpace,
  "join.approve": request,
  "join.deny": request.extend({ override }),
} satisfies { [C in keyof ModerationCommands]: z.ZodType<ModerationCommands[C][0]> };
