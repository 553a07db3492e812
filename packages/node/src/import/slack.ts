/** A Slack export folder: `channels.json`, `users.json`, and for each channel a folder with a file of each day. */
import {
  type ExportPlace,
  type Imported,
  type ImportedMessage,
  ImportError,
  type Problem,
  beside,
  problem,
  skipped,
} from "./imported.ts";
import { jsonItems } from "./json-items.ts";
import { type SlackNames, mrkdwnToMarkdown } from "./mrkdwn.ts";
import { escaped } from "./plain-text.ts";
import { fieldsOf, listOf, textOf } from "./json-fields.ts";

/** Messages that a person wrote, or a program in words of its own. */
const written: ReadonlySet<string> = new Set([
  "",
  "bot_message",
  "slackbot_response",
  "me_message",
  "thread_broadcast",
  "file_share",
  "file_comment",
  "file_mention",
]);
const comings: ReadonlySet<string> = new Set([
  "channel_join",
  "channel_leave",
  "group_join",
  "group_leave",
]);

export async function* readSlack(place: ExportPlace): AsyncGenerator<Imported> {
  if (!place.isFolder)
    throw new ImportError("bad-request", "A Slack export is a folder. Unpack the file first.");
  const entries = await place.list();
  for (const needed of ["channels.json", "users.json"]) {
    if (!entries.some(({ name, isFolder }) => name === needed && !isFolder))
      throw new ImportError(
        "file-damaged",
        `This is no Slack export: there is no ${needed} in it.`,
      );
  }
  // It writes everywhere and stands in no list.
  const users = new Map([["USLACKBOT", "Slackbot"]]);
  const channels = new Map<string, string>();
  const found: (Problem | null)[] = [
    yield* named(place, "users.json", users, nameOfUser),
    yield* named(place, "channels.json", channels, ({ name }) => textOf(name)),
  ];
  if (found.some((one) => one !== null)) return;
  const names: SlackNames = {
    user: (id) => users.get(id) ?? id,
    channel: (id) => channels.get(id) ?? id,
  };
  const folders = new Set(channels.values());
  for (const { name: folder, isFolder } of entries) {
    if (!isFolder) continue;
    if (!folders.has(folder)) {
      yield beside("folders of no channel");
      continue;
    }
    for (const day of await place.list(folder)) {
      if (day.isFolder || !/^\d{4}-\d\d-\d\d\.json$/.test(day.name)) yield beside("other files");
      else yield* messagesOf(place, folder, `${folder}/${day.name}`, names);
    }
  }
}

/** Fills in names by id. @returns the problem there was */
async function* named(
  place: ExportPlace,
  file: string,
  into: Map<string, string>,
  name: (fields: Record<string, unknown>) => string,
): AsyncGenerator<Problem, Problem | null> {
  for await (const item of jsonItems(place.read(file), file, null)) {
    if (item.type === "problem") {
      yield item;
      return item;
    }
    const fields = fieldsOf(item.value);
    const id = textOf(fields["id"]);
    if (id !== "") into.set(id, name(fields) || id);
  }
  return null;
}

function nameOfUser(user: Record<string, unknown>): string {
  const profile = fieldsOf(user["profile"]);
  return (
    textOf(profile["display_name"]) ||
    textOf(profile["real_name"]) ||
    textOf(user["real_name"]) ||
    textOf(user["name"])
  );
}

async function* messagesOf(
  place: ExportPlace,
  channel: string,
  file: string,
  names: SlackNames,
): AsyncGenerator<Imported> {
  for await (const item of jsonItems(place.read(file), file, null)) {
    yield item.type === "problem"
      ? item
      : messageOf(fieldsOf(item.value), { channel, file, line: item.line, names });
  }
}

function messageOf(
  fields: Record<string, unknown>,
  {
    channel,
    file,
    line,
    names,
  }: { channel: string; file: string; line: number; names: SlackNames },
): Imported {
  const subtype = textOf(fields["subtype"]);
  if (comings.has(subtype)) return skipped("joins and leaves");
  if (textOf(fields["type"]) !== "message")
    return problem(file, line, 'this is no message: its "type" is another');
  if (!written.has(subtype)) return skipped(`"${subtype.slice(0, 32)}" messages`);
  const stamp = textOf(fields["ts"]);
  const at = timeOf(stamp);
  if (at === null) return problem(file, line, 'its "ts" is no time');
  const thread = textOf(fields["thread_ts"]);
  const files = listOf(fields["files"])
    .map((one) => textOf(fieldsOf(one)["name"]) || textOf(fieldsOf(one)["title"]))
    .filter((name) => name !== "");
  const text = wordsOf(fields, names);
  if (text.trim() === "" && files.length === 0) return skipped("empty messages");
  const author = authorOf(fields, names);
  const message: ImportedMessage = {
    type: "message",
    file,
    line,
    channel,
    at,
    author,
    key: `${channel}/${stamp}`,
    text: subtype === "me_message" ? `*${escaped(author)} ${text}*` : text,
    reactions: listOf(fields["reactions"]).map((one) => {
      const { name, users } = fieldsOf(one);
      return {
        emoji: `:${textOf(name)}:`,
        people: listOf(users).map((id) => names.user(textOf(id))),
      };
    }),
    files,
  };
  if (thread !== "" && thread !== stamp) message.thread = `${channel}/${thread}`;
  if (fields["edited"] !== undefined) message.edited = true;
  return message;
}

/** The text, and what programs attached to it in words; not what a link in it leads to. */
function wordsOf(fields: Record<string, unknown>, names: SlackNames): string {
  const attached = listOf(fields["attachments"])
    .map(fieldsOf)
    .filter((one) => one["from_url"] === undefined)
    .map(attachedWords);
  const parts = [textOf(fields["text"]), ...attached].filter((part) => part !== "");
  return mrkdwnToMarkdown(parts.join("\n\n"), names).trim();
}

function attachedWords({
  pretext,
  title,
  text,
  fallback,
  fields,
}: Record<string, unknown>): string {
  const lines = listOf(fields).map((one) => {
    const { title: name, value } = fieldsOf(one);
    return [textOf(name), textOf(value)].filter((part) => part !== "").join(": ");
  });
  const words = [textOf(pretext), textOf(title), textOf(text), ...lines].filter(
    (part) => part !== "",
  );
  return words.length > 0 ? words.join("\n") : textOf(fallback);
}

function authorOf(fields: Record<string, unknown>, names: SlackNames): string {
  const user = textOf(fields["user"]);
  const profile = fieldsOf(fields["user_profile"]);
  const known = user === "" ? "" : names.user(user);
  if (known !== "" && known !== user) return known;
  return (
    textOf(profile["display_name"]) ||
    textOf(profile["real_name"]) ||
    textOf(fields["username"]) ||
    textOf(fieldsOf(fields["bot_profile"])["name"]) ||
    user ||
    textOf(fields["bot_id"])
  );
}

/** Seconds and microseconds: "1700000000.000100". */
function timeOf(stamp: string): number | null {
  const found = /^(\d{1,12})\.(\d{1,6})$/.exec(stamp);
  return found === null
    ? null
    : Number(found[1]) * 1000 + Math.floor(Number(found[2]!.padEnd(6, "0")) / 1000);
}
