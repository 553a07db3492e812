const longCharacters = 1_600;
const longLines = 20;

/** Whether a message is folded at first. */
export function isLong(text: string): boolean {
  if (text.length > longCharacters) return true;
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1 && lines <= longLines; at = text.indexOf("\n", at + 1)) lines++;
  return lines > longLines;
}
