/** What the commands about devices, recovery, backups and own data take (spec/local-api.md). */
import { type DeviceCommands, revokeReasons } from "@multichat/client/contract";
import { limits as format } from "@multichat/protocol";
import { z } from "zod";
import { name } from "./name-params.ts";

const nothing = z.strictObject({});
const id = z.string().regex(/^[0-9a-f]{64}$/, "must be an id: 64 lowercase hex digits");
const code = z.string().trim().min(1, "must not be empty").max(16_384);
const words = z.array(z.string().trim().max(64)).max(64);
const path = z.string().min(1, "must not be empty").max(4096);
const passphrase = z.string().min(1, "must not be empty").max(1024);
const ownKey = z.string().max(256);

export const deviceParams = {
  "device.list": nothing,
  "device.name": z.strictObject({ device: id, name }),
  "device.revoke": z.strictObject({ device: id, reason: z.enum(revokeReasons), words: words.exactOptional() }),
  "device.link": nothing,
  "device.link-enter": z.strictObject({ code, name: name.exactOptional() }),
  "device.link-confirm": z.strictObject({ same: z.boolean() }),
  "device.link-cancel": nothing,
  "device.link-get": nothing,
  "account.check-words": z.strictObject({ words }),
  "account.recover": z.strictObject({
    words,
    via: code.exactOptional(),
    name: name.exactOptional(),
  }),
  "account.recover-confirm": nothing,
  "account.recover-cancel": nothing,
  "account.recover-get": nothing,
  "account.rotate": z.strictObject({ words: words.exactOptional() }),
  "account.delete": z.strictObject({ name: z.string().max(256) }),
  "backup.write": z.strictObject({ path, passphrase }),
  "backup.restore": z.strictObject({ path, passphrase, words: words.exactOptional() }),
  "backup.get": nothing,
  "own.get": z.strictObject({ key: ownKey }),
  "own.set": z.strictObject({ key: ownKey, value: z.string().max(format.ownValue).nullable() }),
  "own.list": z.strictObject({ prefix: ownKey }),
  "keys.protect": z.strictObject({
    passphrase: passphrase.nullable(),
    current: passphrase.exactOptional(),
  }),
  "keys.unlock": z.strictObject({ passphrase }),
  "space.forget": z.strictObject({ space: id }),
} satisfies { [C in keyof DeviceCommands]: z.ZodType<DeviceCommands[C][0]> };
