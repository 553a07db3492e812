/** A message from elsewhere as what is written of it here: one event, or several where it is too long for one (spec/12-content.md). */
import { limits } from "@multichat/protocol";
import type { ImportedMessage } from "../../import/imported.ts";
import { limits as reading } from "../../import/limits.ts";
import { escaped, withoutControls } from "../../import/plain-text.ts";

/** Room for ids, names and the like beside the text. */
const textBytes = limits.payload - 1024;
const reactionsBegin = "*Reactions: ";
const filesBegin = "*Files, not imported: ";

/** What would turn a name around, or let two look alike; what joins letters and emoji stays. */
const tricks = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff]/g;

export function authorName(given: string): string {
  const name = cut(withoutControls(given).replaceAll(tricks, "").replaceAll(/\s+/g, " ").trim(), limits.name).trim();
  return /[^\s\p{Default_Ignorable_Code_Point}]/u.test(name) ? name : "Unknown";
}

/** At least one; what is no text of the message stands in words at its end. */
export function textsOf({ text, reactions = [], files = [] }: ImportedMessage): string[] {
  const named = files.length === 0 ? "" : `${filesBegin}${files.map(inWords).join(", ")}*`;
  const counted = reactions.filter(({ emoji, people }) => emoji !== "" && people.length > 0);
  const reacted = counted.length === 0 ? "" : `${reactionsBegin}${counted.map(({ emoji, people }) => `${inWords(emoji)} ${who(people)}`).join("; ")}*`;
  return pieces([text, named, reacted].filter((part) => part !== "").join("\n\n"));
}

function who(people: readonly string[]): string {
  const more = people.length - reading.reactionNames;
  return [...people.slice(0, reading.reactionNames).map(inWords), ...(more > 0 ? [`+${more}`] : [])].join(", ");
}

function inWords(name: string): string {
  return escaped(cut(withoutControls(name).replaceAll(tricks, "").replaceAll(/\s+/g, " ").trim(), 255));
}

/** Without what was added at its end: that may be more when it is exported again. */
export function bareText(text: string): string {
  return text.replace(/(?:^|\n\n)\*Reactions: [^\n]*\*$/, "").replace(/(?:^|\n\n)\*Files, not imported: [^\n]*\*$/, "");
}

/** As few as hold it, each with something to see; between lines or words where there are some. */
function pieces(text: string): string[] {
  const found: string[] = [];
  for (let rest = text.trimEnd(); rest !== ""; ) {
    const piece = fitting(rest);
    if (piece.trim() !== "") found.push(piece);
    rest = rest.slice(piece.length);
  }
  return found;
}

function fitting(text: string): string {
  let most = cut(text, limits.messageText);
  while (Buffer.byteLength(most) > textBytes) most = cut(most, Math.floor(most.length * Math.min(0.95, textBytes / Buffer.byteLength(most))));
  if (most.length === text.length) return most;
  const end = Math.max(most.lastIndexOf("\n"), most.lastIndexOf(" "));
  return end > most.length / 2 ? most.slice(0, end + 1) : most;
}

/** At most so many UTF-16 code units, none of them half a character. */
export function cut(text: string, most: number): string {
  return text.slice(0, text.length > most && /[\uD800-\uDBFF]/.test(text[most - 1] ?? "") ? most - 1 : most);
}
