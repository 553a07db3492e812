/** A mailbox file: mails one after another, each behind a line that begins with `From `. */
import {
  type ExportPlace,
  type Imported,
  type ImportedMessage,
  ImportError,
  problem,
  skipped,
} from "./imported.ts";
import { type Mail, type MailReader, createMailReader } from "./mail.ts";
import { plainDate } from "./mail-dates.ts";
import { escaped, plainToMarkdown } from "./plain-text.ts";
import { decodeText, textLines } from "./text-lines.ts";

const separator = /^From \S.* \d{4}(?: [+-]\d{4})?\s*$/;

export async function* readMbox(place: ExportPlace): AsyncGenerator<Imported> {
  if (place.isFolder)
    throw new ImportError("bad-request", "A mailbox is a file. Name one of those in this folder.");
  const file = place.name;
  const channel = file.replace(/\.(?:mbox|mbx|txt)$/i, "");
  /** Which mail a thread began with, by the ids of all in it. */
  const roots = new Map<string, { key: string; subject: string }>();
  let mail: MailReader | null = null;
  let begun = 0;
  let came: number | null = null;
  let blank = true;

  function ended(): Imported[] {
    if (mail === null) return [];
    const read = mail.end(came);
    if (typeof read === "string") return [problem(file, begun, read)];
    return messagesOf(read, { file, line: begun, channel, roots });
  }

  for await (const one of textLines(place.read(), file)) {
    if (one.type === "problem") return yield one;
    const first = blank && one.bytes[0] === 0x46 ? decodeText(one.bytes) : "";
    const isSeparator = separator.test(first);
    blank = one.bytes.length === 0;
    if (isSeparator) {
      yield* ended();
      mail = createMailReader();
      begun = one.line;
      came = plainDate(first);
    } else if (mail === null) {
      if (blank) {
        blank = true;
        continue;
      }
      return yield problem(
        file,
        one.line,
        'this is no mailbox: it does not begin with a line like "From bob@example.org Thu Jan  1 10:00:00 2026"',
      );
    } else {
      mail.line(one.bytes);
    }
  }
  yield* ended();
  if (mail === null) yield problem(file, 1, "there is no mail in it");
}

function messagesOf(
  mail: Mail,
  {
    file,
    line,
    channel,
    roots,
  }: {
    file: string;
    line: number;
    channel: string;
    roots: Map<string, { key: string; subject: string }>;
  },
): Imported[] {
  if (mail.isNote) return [skipped("notes of mail programs")];
  const key = mail.id ?? `line ${line}`;
  const answered = [...mail.references].reverse().find((id) => roots.has(id));
  const root = answered === undefined ? null : roots.get(answered)!;
  roots.set(key, root ?? { key, subject: bareSubject(mail.subject) });
  const body = plainToMarkdown(mail.text.trim());
  const isNewSubject =
    mail.subject !== "" && (root === null || bareSubject(mail.subject) !== root.subject);
  const text = [isNewSubject ? `**${escaped(mail.subject)}**` : "", body]
    .filter((part) => part !== "")
    .join("\n\n");
  const left = mail.cut ? [skipped("ends of mails that are too long")] : [];
  if (text === "" && mail.files.length === 0) return [...left, skipped("empty messages")];
  const message: ImportedMessage = {
    type: "message",
    file,
    line,
    channel,
    key,
    at: mail.at,
    author: mail.from,
    text,
    files: mail.files,
  };
  if (root !== null) message.thread = root.key;
  return [...left, message];
}

function bareSubject(subject: string): string {
  return subject.replace(/^(?:(?:re|aw|sv|fwd?)\s*:\s*)+/i, "").trim();
}
