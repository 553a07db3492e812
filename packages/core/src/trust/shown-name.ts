/** A self-chosen name as it may stand in a line with others (spec/10-trust.md, Names). */

/** Line ends, and what turns the direction of the text after it. */
const unruly = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const seen = /[^\s\p{Default_Ignorable_Code_Point}\u2800\u3164\uffa0\u115f\u1160]/u;

/** Of what members gave a name to: a workspace, a channel, a role. */
export function plainName(name: string): string {
  return shownName(name) ?? "unnamed";
}

/** Null when nothing of it can be seen. */
export function shownName(name: string): string | null {
  const line = name.normalize("NFC").replace(unruly, " ").trim();
  return seen.test(line) ? line : null;
}
