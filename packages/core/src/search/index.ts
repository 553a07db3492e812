export { maxSearchWords, searchPhrases, searchScore, searchText } from "./search-text.ts";
export type { SearchPhrase } from "./search-text.ts";
