/** JSON of DiscordChatExporter: a file for each channel, or a folder of such files. */
import {
  type ExportPlace,
  type Imported,
  type ImportedMessage,
  ImportError,
  problem,
  skipped,
} from "./imported.ts";
import { fieldsOf, listOf, textOf } from "./json-fields.ts";
import { jsonItems } from "./json-items.ts";
import { escaped, withoutControls, withoutMentions } from "./plain-text.ts";
import { isoTime } from "./times.ts";

const comings: ReadonlySet<string> = new Set([
  "GuildMemberJoin",
  "RecipientAdd",
  "RecipientRemove",
]);
/** The exporter has no names for what answers a command (20, 23). */
const written: ReadonlySet<string> = new Set(["Default", "Reply", "20", "23"]);

const partOf = /^(.*?)(?: \[part (\d{1,9})\])?\.json$/;

export async function* readDiscord(place: ExportPlace): AsyncGenerator<Imported> {
  if (!place.isFolder) return yield* channelIn(place, undefined);
  const files = (await place.list())
    .filter(({ name, isFolder }) => !isFolder && name.endsWith(".json"))
    .sort((a, b) => byPart(a.name, b.name));
  if (files.length === 0)
    throw new ImportError(
      "file-damaged",
      "There is no JSON file in this folder. Export with the format JSON.",
    );
  for (const { name } of files) yield* channelIn(place, name);
}

/** `garden.json`, `garden [part 2].json`, …, `garden [part 10].json`: a later part answers an earlier one. */
function byPart(a: string, b: string): number {
  const [, stemA = a, partA = "1"] = partOf.exec(a) ?? [];
  const [, stemB = b, partB = "1"] = partOf.exec(b) ?? [];
  if (stemA === stemB) return Number(partA) - Number(partB);
  return stemA < stemB ? -1 : 1;
}

async function* channelIn(place: ExportPlace, name: string | undefined): AsyncGenerator<Imported> {
  const file = name ?? place.name;
  let channel: string | null = null;
  for await (const item of jsonItems(place.read(name), file, "messages")) {
    if (item.type === "problem") return yield item;
    if (item.key === "channel") channel = textOf(fieldsOf(item.value)["name"]);
    if (item.key !== "messages") continue;
    if (channel === null || channel === "")
      return yield problem(
        file,
        item.line,
        "this is no export of DiscordChatExporter: no channel is named before its messages",
      );
    yield messageOf(fieldsOf(item.value), { channel, file, line: item.line });
  }
  if (channel === null)
    yield problem(file, 1, "this is no export of DiscordChatExporter: it names no channel");
}

function messageOf(
  fields: Record<string, unknown>,
  { channel, file, line }: { channel: string; file: string; line: number },
): Imported {
  const type = textOf(fields["type"]) || "Default";
  if (comings.has(type)) return skipped("joins and leaves");
  if (!written.has(type)) return skipped(`"${type.slice(0, 32)}" messages`);
  const id = textOf(fields["id"]);
  const at = isoTime(textOf(fields["timestamp"]));
  if (at === null) return problem(file, line, 'its "timestamp" is no time');
  const passedOn = fieldsOf(fields["forwardedMessage"]);
  const files = [...filesOf(fields), ...filesOf(passedOn)];
  const quoted = wordsOf(passedOn, true).replaceAll(/^/gm, "> ");
  const isProgram = fieldsOf(fields["author"])["isBot"] === true;
  const text = [wordsOf(fields, isProgram), quoted === "> " ? "" : quoted]
    .filter((part) => part !== "")
    .join("\n");
  if (text === "" && files.length === 0) return skipped("empty messages");
  const message: ImportedMessage = {
    type: "message",
    file,
    line,
    channel,
    at,
    text,
    files,
    key: id === "" ? null : id,
    author: nameOf(fieldsOf(fields["author"])),
    reactions: listOf(fields["reactions"]).map((one) => {
      const { emoji, users, count } = fieldsOf(one);
      const { name, code } = fieldsOf(emoji);
      const people = listOf(users)
        .map((user) => nameOf(fieldsOf(user)))
        .filter((who) => who !== "");
      const sign = textOf(name) || textOf(code);
      return {
        emoji: /^\w+$/.test(sign) ? `:${sign}:` : sign,
        people: people.length > 0 ? people : typeof count === "number" ? [String(count)] : [],
      };
    }),
  };
  const { messageId, type: way } = fieldsOf(fields["reference"]);
  if (textOf(messageId) !== "" && way !== "Forward") message.reply = textOf(messageId);
  if (typeof fields["timestampEdited"] === "string") message.edited = true;
  return message;
}

function filesOf(fields: Record<string, unknown>): string[] {
  return listOf(fields["attachments"])
    .map((one) => textOf(fieldsOf(one)["fileName"]))
    .filter((name) => name !== "");
}

/** The text and the names of stickers. */
function wordsOf(fields: Record<string, unknown>, isProgram: boolean): string {
  const stickers = listOf(fields["stickers"]).map(
    (one) => `(${escaped(textOf(fieldsOf(one)["name"]))})`,
  );
  return [contentOf(fields, isProgram), ...stickers]
    .filter((part) => part.trim() !== "")
    .join("\n");
}

/**
 * Discord's Markdown is ours, but for what it calls by an id. What a program embedded belongs to its words; with those of a person it
 * shows what a link leads to.
 */
function contentOf(fields: Record<string, unknown>, isProgram: boolean): string {
  const content = textOf(fields["content"]);
  const names = new Map(
    listOf(fields["mentions"]).map((one) => [textOf(fieldsOf(one)["id"]), nameOf(fieldsOf(one))]),
  );
  const embedded = isProgram || content === "" ? listOf(fields["embeds"]).map(embedOf) : [];
  const named = [content, ...embedded]
    .filter((part) => part !== "")
    .join("\n\n")
    .replaceAll(/<@!?(\d{1,20})>/g, (_all, id: string) => escaped(`@${names.get(id) ?? id}`))
    .replaceAll(/<(@&|#)(\d{1,20})>/g, (_all, sign: string, id: string) => `${sign[0]}${id}`)
    .replaceAll(/<a?(:\w{1,64}:)\d{1,20}>/g, "$1")
    .replaceAll(/<t:(\d{1,12})(?::[a-zA-Z])?>/g, (_all, seconds: string) =>
      new Date(Number(seconds) * 1000).toISOString(),
    );
  return withoutMentions(withoutControls(named)).trim();
}

function embedOf(embed: unknown): string {
  const { title, description, fields } = fieldsOf(embed);
  const lines = listOf(fields).map((one) => {
    const { name, value } = fieldsOf(one);
    return `${textOf(name)}: ${textOf(value)}`;
  });
  return [textOf(title), textOf(description), ...lines].filter((part) => part !== "").join("\n");
}

function nameOf(person: Record<string, unknown>): string {
  return textOf(person["nickname"]) || textOf(person["name"]);
}
