/** Who and what a text calls by its id (spec/12-content.md, Mentions). */
import { outsideCode } from "./outside-code.ts";

export type MentionKind = "person" | "role" | "channel" | "everyone";

export interface MentionToken {
  /** As it stands in the text. */
  token: string;
  kind: MentionKind;
  /** Null for everyone. */
  id: string | null;
}

const tokens = /<(?:@(everyone)|(@&?|#)([0-9a-f]{64}))>/g;

const kinds: Readonly<Record<string, MentionKind>> = { "@": "person", "@&": "role", "#": "channel" };

/** Each once, in the order of the text. */
export function mentionsIn(text: string): MentionToken[] {
  const found = new Map<string, MentionToken>();
  // Most texts call nobody.
  if (!text.includes("<")) return [];
  for (const match of outsideCode(text, tokens)) found.set(match[0], mentionOf(match));
  return [...found.values()];
}

function mentionOf([token, everyone, sign, id]: RegExpExecArray): MentionToken {
  return everyone === undefined ? { token, kind: kinds[sign!]!, id: id! } : { token, kind: "everyone", id: null };
}

/** The text with something else in place of each token outside code. */
export function replaceMentions(text: string, by: (mention: MentionToken) => string): string {
  if (!text.includes("<")) return text;
  let result = "";
  let from = 0;
  for (const match of outsideCode(text, tokens)) {
    result += text.slice(from, match.index) + by(mentionOf(match));
    from = match.index + match[0].length;
  }
  return result + text.slice(from);
}

const signs = /(?<![\p{L}\p{N}_<])[@#]/gu;

/**
 * Puts the token for each `@name` (or `#name`) that is one of these, where the name ends there; the longest fitting name is meant. Code stays as it is.
 * @param names by name in lower case; a name that two have is not to be among them
 */
export function nameMentions(text: string, sign: "@" | "#", names: ReadonlyMap<string, string>): string {
  if (!text.includes(sign) || names.size === 0) return text;
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length);
  let result = "";
  let from = 0;
  for (const match of outsideCode(text, signs)) {
    if (match[0] !== sign || match.index < from) continue;
    const rest = text.slice(match.index + 1, match.index + 1 + longestFirst[0]!.length + 1).toLowerCase();
    const name = longestFirst.find((one) => rest.startsWith(one) && !/^[\p{L}\p{N}_]/u.test(rest.slice(one.length)));
    if (name === undefined) continue;
    result += text.slice(from, match.index) + names.get(name)!;
    from = match.index + 1 + name.length;
  }
  return result + text.slice(from);
}
