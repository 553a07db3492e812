/** What `multichat export` wrote (spec/export.md), read back. */
import {
  type ExportPlace,
  type Imported,
  type ImportedMessage,
  ImportError,
  problem,
  skipped,
} from "./imported.ts";
import { fieldsOf, listOf, textOf } from "./json-fields.ts";
import { escaped, withoutControls, withoutMentions } from "./plain-text.ts";
import { decodeText, textLines } from "./text-lines.ts";

export async function* readOwnExport(place: ExportPlace): AsyncGenerator<Imported> {
  const folder = await spaceIn(place);
  const files = (await place.list(folder === "" ? undefined : folder)).filter(
    ({ name, isFolder }) => !isFolder && name.endsWith(".jsonl"),
  );
  const attached = await attachedIn(place, folder);
  for (const { name } of files) {
    const file = folder === "" ? name : `${folder}/${name}`;
    let channel: string | null = null;
    for await (const one of textLines(place.read(file), file)) {
      if (one.type === "problem") return yield one;
      if (one.bytes.length === 0) continue;
      const fields = parsed(decodeText(one.bytes));
      if (fields === null) {
        yield problem(file, one.line, "this is no line of JSON");
        continue;
      }
      if (channel === null) {
        channel = textOf(fields["channel"]);
        if (channel !== "") continue;
        yield problem(file, one.line, "the first line names no channel");
        break;
      }
      yield messageOf(fields, attached, file, one.line, channel);
    }
  }
}

/** The folder of the only workspace in it: this one, or one below. */
async function spaceIn(place: ExportPlace): Promise<string> {
  if (!place.isFolder)
    throw new ImportError("bad-request", "An export is a folder. Name the folder.");
  const entries = await place.list();
  if (entries.some(({ name }) => name === "space.json")) return "";
  const spaces: string[] = [];
  for (const { name, isFolder } of entries) {
    if (isFolder && (await place.list(name)).some((inside) => inside.name === "space.json"))
      spaces.push(name);
  }
  const [only] = spaces;
  if (only === undefined)
    throw new ImportError("file-damaged", "This is no export: there is no space.json in it.");
  if (spaces.length > 1)
    throw new ImportError(
      "bad-request",
      `There are several workspaces in this export: ${spaces.join(", ")}. Name the folder of one.`,
    );
  return only;
}

/** Where the files of an export are, by what its messages call them. */
async function attachedIn(place: ExportPlace, folder: string): Promise<Map<string, string>> {
  const inside = folder === "" ? "files" : `${folder}/files`;
  const entries = await place.list(folder === "" ? undefined : folder);
  if (!entries.some(({ name, isFolder }) => name === "files" && isFolder)) return new Map();
  const files = (await place.list(inside)).filter(({ isFolder }) => !isFolder);
  return new Map(files.map(({ name }) => [`files/${name}`, `${inside}/${name}`]));
}

function messageOf(
  fields: Record<string, unknown>,
  attached: ReadonlyMap<string, string>,
  file: string,
  line: number,
  channel: string,
): Imported {
  if (fields["deleted"] === true) return skipped("deleted messages");
  if (fields["missing"] === true) return skipped("messages that had not arrived");
  const { id, time, text } = fields;
  if (typeof time !== "number" || !Number.isSafeInteger(time) || time < 0)
    return problem(file, line, 'its "time" is no time');
  const title = withoutControls(textOf(fields["title"])).trim();
  const files = listOf(fields["files"]).map((one) => {
    const { name, type, alt, file: path } = fieldsOf(one);
    const shown = withoutControls(textOf(alt));
    return {
      name: textOf(name),
      type: textOf(type),
      ...(shown !== "" && { alt: shown }),
      path: attached.get(textOf(path)),
    };
  });
  const words = [title === "" ? "" : `**${escaped(title)}**`, withoutControls(textOf(text)).trim()]
    .filter((part) => part !== "")
    .join("\n\n");
  if (words === "" && files.length === 0) return skipped("empty messages");
  const imported = fieldsOf(fields["imported"]);
  const message: ImportedMessage = {
    type: "message",
    file,
    line,
    channel,
    key: textOf(id) || null,
    at: time,
    author: textOf(imported["author"]) || textOf(fieldsOf(fields["author"])["name"]),
    text: withoutMentions(words),
    files: files.flatMap(({ name, path }) => (path === undefined && name !== "" ? [name] : [])),
    attached: files.flatMap((one) => (one.path === undefined ? [] : [{ ...one, path: one.path }])),
    reactions: listOf(fields["reactions"]).map((one) => {
      const { emoji, people } = fieldsOf(one);
      return {
        emoji: textOf(emoji),
        people: listOf(people).map((person) => textOf(fieldsOf(person)["name"])),
      };
    }),
  };
  if (textOf(fields["thread"]) !== "") message.thread = textOf(fields["thread"]);
  if (textOf(fields["reply"]) !== "") message.reply = textOf(fields["reply"]);
  if (listOf(fields["edits"]).length > 0) message.edited = true;
  return message;
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
