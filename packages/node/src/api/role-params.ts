/** Parameters of the commands about roles and what channels allow; see command-params.ts. */
import type { RoleCommands } from "@multichat/client/contract";
import { permissionNames } from "@multichat/core";
import { z } from "zod";
import { name } from "./name-params.ts";

const id = z.string().regex(/^[0-9a-f]{64}$/, "must be an id: 64 lowercase hex digits");
const colour = z.string().regex(/^(#[0-9a-f]{6})?$/, 'must be "#rrggbb" in lowercase, or empty');
const permission = z.enum(permissionNames);
const permissions = z.array(permission).max(permissionNames.length);
/** A day: longer is a lock. */
const slowest = 86_400;

export const roleParams = {
  "role.list": z.strictObject({ space: id }),
  "role.create": z.strictObject({
    space: id,
    name,
    colour: colour.exactOptional(),
    permissions,
    below: id.exactOptional(),
  }),
  "role.set": z.strictObject({
    space: id,
    role: id,
    name: name.exactOptional(),
    colour: colour.exactOptional(),
    on: permissions.exactOptional(),
    off: permissions.exactOptional(),
    override: z.boolean().exactOptional(),
  }),
  "role.move": z.strictObject({ space: id, role: id, below: id, override: z.boolean().exactOptional() }),
  "member.role": z.strictObject({ space: id, account: id, role: id, on: z.boolean(), override: z.boolean().exactOptional() }),

  "override.list": z.strictObject({ channel: id }),
  "channel.override": z.strictObject({
    channel: id,
    subject: z.union([
      z.strictObject({ everyone: z.literal(true) }),
      z.strictObject({ role: id }),
      z.strictObject({ account: id }),
    ]),
    allow: permissions,
    deny: permissions,
  }),
  "channel.rename": z.strictObject({ channel: id, name }),
  "channel.archive": z.strictObject({ channel: id, on: z.boolean() }),
  "channel.lock": z.strictObject({ channel: id, on: z.boolean() }),
  "channel.slow": z.strictObject({ channel: id, seconds: z.int().min(0).max(slowest) }),
  "space.rename": z.strictObject({ space: id, name }),
  "space.admission": z.strictObject({ space: id, approve: z.boolean() }),
  "space.history": z.strictObject({ space: id, history: z.enum(["all", "join"]) }),

  "permissions.check": z.strictObject({
    space: id,
    channel: id.exactOptional(),
    account: id.exactOptional(),
    role: id.exactOptional(),
    permission: permission.exactOptional(),
    target: id.exactOptional(),
  }),
} satisfies { [C in keyof RoleCommands]: z.ZodType<RoleCommands[C][0]> };
