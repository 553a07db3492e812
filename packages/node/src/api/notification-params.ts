/** Parameters of the commands about what a person is told of; see command-params.ts. */
import { type NotificationCommands, inboxFilters } from "@multichat/client/contract";
import { isTimeZone } from "@multichat/core";
import { z } from "zod";
import { time } from "./time-params.ts";

const id = z.string().regex(/^[0-9a-f]{64}$/, "must be an id: 64 lowercase hex digits");
const level = z.enum(["all", "mentions", "nothing"]);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time like 22:00");
/** Those of messages are event ids, of requests and reports longer names. */
const item = z.string().min(1).max(256);

/** One's own computer needs no encryption on the way; anybody else does. */
const endpoint = z
  .url({ protocol: /^https?$/, error: "must be an address that begins with https://" })
  .max(1_024)
  .refine(isEndpoint, "must be an address that begins with https://");
const base64url = (bytes: number): z.ZodString => z.string().regex(new RegExp(`^[\\w-]{${Math.ceil((bytes * 4) / 3)}}$`), `must be ${bytes} bytes in base64url`);

/** With a name and a password in it no call leaves. */
const address = z
  .url({ protocol: /^https?$/, error: "must be an address that begins with https:// or http://" })
  .max(1_024)
  .refine((text) => !hasPassword(text), "must have no name and password in it");

function hasPassword(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.username + url.password !== "";
}

function isEndpoint(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === "https:" || (url !== null && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname));
}

export const notificationParams = {
  "notify.rules": z.strictObject({}),
  "notify.settings": z.strictObject({
    workspaces: level.exactOptional(),
    conversations: level.exactOptional(),
    everyone: z.boolean().exactOptional(),
    reactions: z.boolean().exactOptional(),
    requests: z.boolean().exactOptional(),
    reports: z.boolean().exactOptional(),
    sound: z.boolean().exactOptional(),
    pausedUntil: time.exactOptional(),
    quiet: z
      .strictObject({
        zone: z.string().max(64).refine(isTimeZone, "must be a time zone like Europe/Berlin").nullable(),
        times: z.array(z.strictObject({ days: z.array(z.int().min(1).max(7)).min(1).max(7), from: clock, to: clock })).max(14),
      })
      .exactOptional(),
    keywords: z.array(z.string().trim().min(1).max(64)).max(50).exactOptional(),
  }),
  "notify.rule": z.strictObject({
    scope: z.enum(["person", "thread", "channel", "space"]),
    id,
    rule: z.strictObject({ level: level.exactOptional(), until: time.exactOptional(), everyone: z.boolean().exactOptional(), anyway: z.boolean().exactOptional() }),
  }),
  "notify.why": z.strictObject({ message: id }),
  "inbox.list": z.strictObject({ filter: z.enum(inboxFilters).exactOptional(), unread: z.boolean().exactOptional(), before: item.exactOptional(), limit: z.int().min(1).max(200).exactOptional() }),
  "inbox.clear": z.strictObject({ items: z.array(item).max(1_000).exactOptional() }),
  "wake.get": z.strictObject({}),
  "wake.set": z.strictObject({ url: address.nullable() }),
  "wake.key": z.strictObject({}),
  "wake.subscribe": z.strictObject({ endpoint, p256dh: base64url(65), auth: base64url(16) }),
  "wake.unsubscribe": z.strictObject({ endpoint: z.string().min(1).max(1_024) }),
  "wake.test": z.strictObject({ only: z.string().min(1).max(1_024).nullable().exactOptional() }),
  "unread.get": z.strictObject({}),
} satisfies { [C in keyof NotificationCommands]: z.ZodType<NotificationCommands[C][0]> };
