/** What is written: few words, so that many messages are found by each. */
import type { SeededRandom } from "@multichat/testing/random";

const syllables = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split(" ");

export const words: readonly string[] = Array.from(
  { length: 400 },
  (_, i) => syllables[i % 20]! + syllables[Math.floor(i / 20)]! + (i % 3 === 0 ? "n" : ""),
);

/** In every message that expires, and in no other: of these nothing may be left in a file. */
export const expiringMark = "qzexpiringzq";

export function someText(random: SeededRandom): string {
  const length = 1 + Math.floor(-Math.log(1 - random.float()) * 10);
  // Common words are common: the product of two chances.
  const text = Array.from(
    { length },
    () => words[Math.floor(random.float() * random.float() * words.length)]!,
  ).join(" ");
  if (random.chance(0.05)) return `**${text}**\n\n- a\n- b\n\n\`\`\`js\n${text}\n\`\`\``;
  return random.chance(0.02) ? `${text} <@everyone>` : text;
}
