/** Words of which a person wants to be told (spec/14-notifications.md, Keywords). */
import { searchText } from "../search/search-text.ts";

/** A function that answers the first keyword, as it was given, whose words stand in a text one after another. */
export function keywordFinder(keywords: readonly string[]): (text: string) => string | null {
  const wanted = keywords.flatMap((keyword) => {
    const words = searchText(keyword);
    return words === "" ? [] : [{ keyword, words: ` ${words} ` }];
  });
  if (wanted.length === 0) return () => null;
  return (text) => {
    const words = ` ${searchText(text)} `;
    return wanted.find((one) => words.includes(one.words))?.keyword ?? null;
  };
}
