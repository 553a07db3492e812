/** A mailbox file: mails one after another, each behind a line that begins with `From `. */
import {
  type ExportPlace,
  type Imported,
  type ImportedMessage,
  ImportError,
  type Problem,
  problem,
  skipped,
} from "./imported.ts";
import { type Mail, type MailReader, createMailReader } from "./mail.ts";
import { plainDate } from "./mail-dates.ts";
import { type MailThreads, createMailThreads } from "./mail-threads.ts";
import { escaped, plainToMarkdown } from "./plain-text.ts";
import { decodeText, textLines } from "./text-lines.ts";

const separator = /^From \S.* \d{4}(?: [+-]\d{4})?\s*$/;

interface Read {
  type: "mail";
  mail: Mail;
  line: number;
}

export async function* readMbox(place: ExportPlace): AsyncGenerator<Imported> {
  if (place.isFolder)
    throw new ImportError("bad-request", "A mailbox is a file. Name one of those in this folder.");
  const file = place.name;
  const channel = file.replace(/\.(?:mbox|mbx|txt)$/i, "");
  const threads = createMailThreads();
  // What an answer answers may stand behind it.
  for await (const one of mailsIn(place))
    if (one.type === "mail" && !one.mail.isNote)
      threads.add(keyOf(one), one.mail.references, bareSubject(one.mail.subject));
  for await (const one of mailsIn(place)) {
    if (one.type === "mail") yield* messagesOf(one, { file, channel, threads });
    else yield one;
  }
}

async function* mailsIn(place: ExportPlace): AsyncGenerator<Read | Problem> {
  const file = place.name;
  let mail: MailReader | null = null;
  let begun = 0;
  let came: number | null = null;
  let blank = true;

  function ended(): (Read | Problem)[] {
    if (mail === null) return [];
    const read = mail.end(came);
    return [
      typeof read === "string"
        ? problem(file, begun, read)
        : { type: "mail", mail: read, line: begun },
    ];
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
}

function keyOf({ mail, line }: Read): string {
  return mail.id ?? `line ${line}`;
}

function messagesOf(
  read: Read,
  { file, channel, threads }: { file: string; channel: string; threads: MailThreads },
): Imported[] {
  const { mail, line } = read;
  if (mail.isNote) return [skipped("notes of mail programs")];
  const key = keyOf(read);
  const root = threads.rootOf(key);
  const body = plainToMarkdown(mail.text.trim());
  const isNewSubject =
    mail.subject !== "" && (root.key === key || bareSubject(mail.subject) !== root.subject);
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
  if (root.key !== key) message.thread = root.key;
  return [...left, message];
}

function bareSubject(subject: string): string {
  return subject.replace(/^(?:(?:re|aw|sv|fwd?)\s*:\s*)+/i, "").trim();
}
