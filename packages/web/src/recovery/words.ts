export const wordCount = 24;

/** The words of a text as somebody types or pastes them: numbers, commas and line breaks are no part of them. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
}

export function withWord(text: string, position: number, word: string): string {
  return wordsOf(text)
    .map((before, index) => (index === position ? word : before))
    .join(" ");
}
