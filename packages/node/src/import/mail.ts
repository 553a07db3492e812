/** One mail, line by line (RFC 5322, MIME): its headers, its first text, and the names of what is attached. Attachments are not held. */
import { decodeTransfer, decodeWords, parameter } from "./mime-words.ts";
import { limits } from "./limits.ts";
import { mailDate } from "./mail-dates.ts";
import { decodeText } from "./text-lines.ts";

export interface Mail {
  id: string | null;
  /** Ids, the oldest first. */
  references: string[];
  from: string;
  subject: string;
  at: number;
  text: string;
  files: string[];
  /** The text was longer. */
  cut: boolean;
  /** Not a mail: what a mail program keeps for itself at the beginning of a mailbox. */
  isNote: boolean;
}

export interface MailReader {
  line(bytes: Uint8Array): void;
  /**
   * @param came when it came, for one that does not say when it was written
   * @returns why it is none, where it is none
   */
  end(came: number | null): Mail | string;
}

interface Part {
  headers: Map<string, string>;
  /** Of a multipart: what stands between its parts. */
  boundary: string | null;
}

const headerLimit = 64 * 1024;
const internal = /FOLDER INTERNAL DATA/;

export function createMailReader(): MailReader {
  const files: string[] = [];
  const outer: Part[] = [];
  let part: Part = { headers: new Map(), boundary: null };
  const top = part;
  let inHeaders = true;
  let headerBytes = 0;
  let last: string | null = null;
  /** The text that is gathered: that of a plain part counts more than that of a page. */
  let body: { lines: string[]; size: number; headers: Map<string, string>; html: boolean } | null =
    null;
  let gathering = false;
  let cut = false;

  function headersEnded(): void {
    inHeaders = false;
    const type = (part.headers.get("content-type") ?? "text/plain").toLowerCase();
    const name =
      parameter(part.headers.get("content-disposition") ?? "", "filename") ??
      parameter(part.headers.get("content-type") ?? "", "name");
    const boundary = type.startsWith("multipart/")
      ? parameter(part.headers.get("content-type")!, "boundary")
      : null;
    gathering = false;
    if (boundary !== null && outer.length < limits.mailDepth) {
      part.boundary = boundary;
      outer.push(part);
    } else if (
      name !== null ||
      /^attachment/i.test(part.headers.get("content-disposition") ?? "")
    ) {
      files.push(decodeWords(name ?? "unnamed"));
    } else {
      const html = type.startsWith("text/html");
      if (
        (type.startsWith("text/plain") && (body === null || body.html)) ||
        (html && body === null)
      ) {
        body = { lines: [], size: 0, headers: part.headers, html };
        gathering = true;
      }
    }
  }

  function header(text: string): void {
    headerBytes += text.length;
    if (headerBytes > headerLimit) return;
    if (/^[ \t]/.test(text) && last !== null) {
      part.headers.set(last, `${part.headers.get(last)!} ${text.trim()}`);
      return;
    }
    const [, name = "", value = ""] = /^([\w-]+):\s*(.*)$/s.exec(text) ?? [];
    last = name === "" ? null : name.toLowerCase();
    if (last !== null && !part.headers.has(last)) part.headers.set(last, value.trim());
  }

  function isBoundary(text: string): boolean {
    if (!text.startsWith("--")) return false;
    const at = outer.findLastIndex(
      ({ boundary }) => text === `--${boundary}` || text === `--${boundary}--`,
    );
    if (at < 0) return false;
    const ends = text === `--${outer[at]!.boundary}--`;
    outer.length = ends ? at : at + 1;
    gathering = false;
    inHeaders = !ends;
    headerBytes = 0;
    last = null;
    part = { headers: new Map(), boundary: null };
    return true;
  }

  return {
    line(bytes) {
      if (!inHeaders && !gathering && outer.length === 0) return;
      // What is read so keeps every byte until its charset is known.
      const text = Buffer.from(bytes).toString("latin1");
      if (isBoundary(text.trimEnd())) return;
      if (inHeaders) {
        if (text === "") headersEnded();
        else header(decodeText(bytes));
      } else if (gathering && body !== null) {
        body.size += text.length + 1;
        if (body.size > 2 * limits.mailText) cut = true;
        else body.lines.push(/^>+From /.test(text) ? text.slice(1) : text);
      }
    },
    end(came) {
      if (inHeaders && body === null) headersEnded();
      const written = mailDate((top.headers.get("date") ?? "").trim());
      // Some clocks had lost their battery.
      const at = written !== null && written > 0 ? written : came;
      const from = top.headers.get("from");
      if (from === undefined) return "this mail has no From";
      if (at === null) return "this mail has no Date that can be read";
      let text = body === null ? "" : decodeTransfer(body.lines.join("\n"), body.headers);
      if (body !== null && body.html) text = withoutTags(text);
      if (text.length > limits.mailText) {
        cut = true;
        text = text.slice(0, limits.mailText);
      }
      return {
        id: idsIn(top.headers.get("message-id"))[0] ?? null,
        references: [
          ...idsIn(top.headers.get("references")),
          ...idsIn(top.headers.get("in-reply-to")),
        ],
        from: nameIn(decodeWords(from.slice(0, 1000))),
        subject: decodeWords(top.headers.get("subject") ?? "")
          .replaceAll(/\s+/g, " ")
          .trim(),
        at,
        text,
        files,
        cut,
        isNote:
          ["x-imap", "x-imapbase"].some((name) => top.headers.has(name)) &&
          internal.test(top.headers.get("subject") ?? ""),
      };
    },
  };
}

function idsIn(header: string | undefined): string[] {
  return [...(header ?? "").matchAll(/<([^<>\s]{1,512})>/g)].map(([, id = ""]) => id);
}

/** `Bob <bob@example.org>`, `bob@example.org (Bob)` and `bob@example.org` are of Bob, Bob and bob. */
function nameIn(from: string): string {
  const named =
    /^\s*"?([^"<]*?)"?\s*<[^>]*>/.exec(from)?.[1] ?? /\(([^()]+)\)\s*$/.exec(from)?.[1] ?? "";
  return named.trim() || (/([^\s<@]+)@/.exec(from)?.[1] ?? from.trim());
}

/** The words of a page. */
function withoutTags(html: string): string {
  const text = html
    .replaceAll(/<(style|script|head)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/<(?:br|\/p|\/div|\/li|\/tr|\/h\d)\b[^<>]*>/gi, "\n")
    .replaceAll(/<[^<>]*>/g, "");
  const entities: Record<string, string> = {
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    nbsp: " ",
    "#39": "'",
  };
  return text
    .replaceAll(/&(amp|lt|gt|quot|nbsp|#39);/g, (_all, name: string) => entities[name]!)
    .split("\n")
    .map((line) => line.trim())
    .join("\n");
}
