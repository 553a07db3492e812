/** IRC logs of irssi and WeeChat, and plain lines `ISO-time <nick> text`. Which of them a line is, it says itself. */
import { type ExportPlace, type Imported, ImportError, problem, skipped } from "./imported.ts";
import { plainToMarkdown, withoutControls } from "./plain-text.ts";
import { decodeText, textLines } from "./text-lines.ts";
import { isoTime, localTime, monthNamed } from "./times.ts";

type Day = [year: number, month: number, day: number];

/** What a line comes to: who wrote what, or something that nobody wrote. */
type Said = { author: string; text: string } | { what: string };

const weechat = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\t([^\t]*)\t(.*)$/s;
const plain = /^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*?)\]?\s+(\S.*)$/s;
const irssi = /^(\d\d):(\d\d)(?::(\d\d))? (.*)$/s;
const irssiDay =
  /^--- (Log opened|Day changed|Log closed) \S{1,12} (\w{3}) (\d{1,2})(?: (\d\d:\d\d:\d\d))? (\d{4})$/;

export async function* readIrc(place: ExportPlace): AsyncGenerator<Imported> {
  if (place.isFolder)
    throw new ImportError("bad-request", "An IRC log is a file. Name one of those in this folder.");
  const file = place.name;
  const channel = channelOf(file);
  let day: Day | null = null;
  for await (const one of textLines(place.read(), file)) {
    if (one.type === "problem") return yield one;
    const { line } = one;
    const text = decodeText(one.bytes);
    if (text.trim() === "") continue;
    const change = irssiDay.exec(text);
    if (change !== null) {
      const [, , month = "", number, , year] = change;
      day = [Number(year), monthNamed(month), Number(number)];
      if (localTime(...day, 0, 0, 0) === null)
        return yield problem(file, line, "there is no such day");
      continue;
    }
    const read = timed(text, day);
    if (typeof read === "string") {
      yield problem(file, line, read);
      continue;
    }
    const { at, said } = read;
    if ("what" in said) yield skipped(said.what);
    else
      yield {
        type: "message",
        file,
        line,
        channel,
        key: null,
        at,
        author: withoutControls(said.author),
        text: said.text,
      };
  }
}

/** Why it cannot be read, where it cannot. */
function timed(text: string, day: Day | null): { at: number; said: Said } | string {
  const tabbed = weechat.exec(text);
  if (tabbed !== null) {
    const [, time = "", prefix = "", rest = ""] = tabbed;
    const at = isoTime(time);
    return at === null ? "there is no such time" : { at, said: saidInWeechat(prefix.trim(), rest) };
  }
  const dated = plain.exec(text);
  if (dated !== null) {
    const [, time = "", rest = ""] = dated;
    const at = isoTime(time);
    return at === null ? "there is no such time" : { at, said: said(rest) };
  }
  const short = irssi.exec(text);
  if (short === null) return "this is no line of an IRC log: it begins with no time";
  if (day === null) return "no date comes before this time";
  const [, hour, minute, second = "0", rest = ""] = short;
  const at = localTime(...day, Number(hour), Number(minute), Number(second));
  return at === null ? "there is no such time" : { at, said: said(rest.trimStart()) };
}

function saidInWeechat(prefix: string, rest: string): Said {
  if (prefix === "*") return action(rest);
  if (prefix === "-->" || prefix === "<--" || prefix === "→" || prefix === "←")
    return { what: "joins and leaves" };
  if (prefix === "--" || prefix === "=!=" || prefix === "") return { what: "service lines" };
  return spoken(prefix.replace(/^[~&@%+]/, ""), rest);
}

/** As irssi writes it, and those who write plain lines. */
function said(rest: string): Said {
  const [, nick, words] = /^<\s*[~&@%+]?([^>\s]+)\s*>(?: (.*)|)$/s.exec(rest) ?? [];
  if (nick !== undefined) return spoken(nick, words ?? "");
  if (/^(?:-!-|\*\*\*|-->|<--)\s/.test(rest))
    return {
      what: /\b(?:joined|left|quit|parts?|joins?|leaves)\b/i.test(rest)
        ? "joins and leaves"
        : "service lines",
    };
  return rest.startsWith("* ") ? action(rest.slice(2)) : { what: "service lines" };
}

function action(rest: string): Said {
  const [, nick = "", words = ""] = /^\s*(\S+)\s*(.*)$/s.exec(rest) ?? [];
  const text = plainToMarkdown(words);
  return nick === "" || text.trim() === ""
    ? { what: "empty messages" }
    : { author: nick, text: `*${plainToMarkdown(nick)} ${text.trim()}*` };
}

function spoken(author: string, words: string): Said {
  const text = plainToMarkdown(words);
  return text.trim() === "" ? { what: "empty messages" } : { author, text };
}

/** `libera.#garden.2026-01-01.weechatlog` is of `garden`. */
function channelOf(file: string): string {
  const bare = file.replace(/\.(?:log|txt|weechatlog|irclog)$/i, "");
  return (bare.split(/[#&]+/).at(-1) ?? bare).replace(/[._-]?\d{4}-?\d\d-?\d\d$/, "") || bare;
}
