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

/** What there would be in an export in which nothing was found. */
export const expected: Readonly<Record<ImportFormat, string>> = {
  slack: "For each channel that channels.json names, a Slack export has a folder of that name with files like 2026-01-31.json.",
  discord: 'A JSON file of DiscordChatExporter has the messages of its channel in a list called "messages".',
  irc: "A log has lines that begin with a time, such as: 2026-01-31T18:00:00Z <bob> hello.",
  mbox: 'A mailbox has mails, each behind a line like "From bob@example.org Thu Jan  1 10:00:00 2026".',
  export: "What Multichat exports has a file NAME.jsonl for each channel, with a line for each message.",
};
