import type { ImportFormat } from "@multichat/client/contract";
import { readDiscord } from "./discord.ts";
import type { ExportReader } from "./imported.ts";
import { readIrc } from "./irc.ts";
import { readMbox } from "./mbox.ts";
import { readOwnExport } from "./own-export.ts";
import { readSlack } from "./slack.ts";

export const readers: Readonly<Record<ImportFormat, ExportReader>> = {
  slack: readSlack,
  discord: readDiscord,
  irc: readIrc,
  mbox: readMbox,
  export: readOwnExport,
};
