/** What the full-text index is asked, in its own language. */
import type { SearchPhrase } from "@multichat/core/search";
import type { AccountId } from "@multichat/protocol";

/** Begins with a character of the private use area, which is in no word of a text. */
export const channelTerm = (channel: number): string => `\u{e000}${channel.toString(36)}`;
export const authorTerm = (author: AccountId): string => `\u{e001}${author}`;
export const fileTerm = (hasFile: boolean): string => (hasFile ? "\u{e002}" : "\u{e003}");

/**
 * Phrases together, and one term of each group. Nothing in it needs escaping: words have only letters, digits and marks, and private characters for emoji.
 * @returns null if everything matches
 */
export function matchExpression(
  phrases: readonly SearchPhrase[],
  termGroups: readonly (readonly string[])[],
): string | null {
  const inText = phrases.map(({ words, begins }) => `"${words.join(" ")}"${begins ? "*" : ""}`);
  const conditions = termGroups.map(
    (terms) => `{terms} : (${terms.map((term) => `"${term}"`).join(" OR ")})`,
  );
  if (inText.length > 0) conditions.unshift(`{text} : (${inText.join(" ")})`);
  return conditions.length === 0 ? null : conditions.join(" AND ");
}
