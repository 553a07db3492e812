/** Who and what a text calls by its id (spec/12-content.md, Mentions). */

export type MentionKind = "person" | "role" | "channel" | "everyone";

export interface MentionToken {
  /** As it stands in the text. */
  token: string;
  kind: MentionKind;
  /** Null for everyone. */
  id: string | null;
}

/** Code first: nobody is called in it. A fence runs to its like or to the end, a span to as many backticks as began it. */
const parts = /(?:^|\n) {0,3}(`{3,}|~{3,})[\s\S]*?(?:\n {0,3}\1|$)|(`+)(?!`)[\s\S]*?(?<!`)\2(?!`)|<(?:@(everyone)|(@&?|#)([0-9a-f]{64}))>/g;

const kinds: Readonly<Record<string, MentionKind>> = { "@": "person", "@&": "role", "#": "channel" };

/** Each once, in the order of the text. */
export function mentionsIn(text: string): MentionToken[] {
  const found = new Map<string, MentionToken>();
  // Most texts call nobody.
  if (!text.includes("<")) return [];
  for (const match of text.matchAll(parts)) {
    const [token, , , everyone, sign, id] = match;
    if (everyone !== undefined) found.set(token, { token, kind: "everyone", id: null });
    else if (sign !== undefined) found.set(token, { token, kind: kinds[sign]!, id: id! });
  }
  return [...found.values()];
}

/** The text with something else in place of each token outside code. */
export function replaceMentions(text: string, by: (mention: MentionToken) => string): string {
  if (!text.includes("<")) return text;
  return text.replace(parts, (all: string, _fence, _span, everyone?: string, sign?: string, id?: string) => {
    if (everyone !== undefined) return by({ token: all, kind: "everyone", id: null });
    return sign === undefined ? all : by({ token: all, kind: kinds[sign]!, id: id! });
  });
}

const words = /(?:^|\n) {0,3}(`{3,}|~{3,})[\s\S]*?(?:\n {0,3}\1|$)|(`+)(?!`)[\s\S]*?(?<!`)\2(?!`)|(?<![\p{L}\p{N}_<])[@#]/gu;

/**
 * Puts the token for each `@name` (or `#name`) that is one of these, where the name ends there; the longest fitting name is meant. Code stays as it is.
 * @param names by name in lower case; a name that two have is not to be among them
 */
export function nameMentions(text: string, sign: "@" | "#", names: ReadonlyMap<string, string>): string {
  if (!text.includes(sign) || names.size === 0) return text;
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length);
  let result = "";
  let from = 0;
  for (const match of text.matchAll(words)) {
    if (match[0] !== sign || match.index < from) continue;
    const rest = text.slice(match.index + 1, match.index + 1 + longestFirst[0]!.length + 1).toLowerCase();
    const name = longestFirst.find((one) => rest.startsWith(one) && !/^[\p{L}\p{N}_]/u.test(rest.slice(one.length)));
    if (name === undefined) continue;
    result += text.slice(from, match.index) + names.get(name)!;
    from = match.index + 1 + name.length;
  }
  return result + text.slice(from);
}
