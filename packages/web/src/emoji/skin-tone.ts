/** The tones of skin that some emoji come in: 0 is none, 1 the lightest, 5 the darkest. */
export const tones = [0, 1, 2, 3, 4, 5] as const;
export type Tone = (typeof tones)[number];

const lightest = 0x1f3fb;
const key = "multichat.emojiTone";

/** The modifier follows the first character, in place of what asks for a coloured picture. */
export function withTone(emoji: string, tone: Tone): string {
  if (tone === 0) return emoji;
  const [first = "", ...rest] = emoji;
  if (rest[0] === "\uFE0F") rest.shift();
  return first + String.fromCodePoint(lightest + tone - 1) + rest.join("");
}

export function readTone(): Tone {
  const stored = Number(localStorage.getItem(key));
  return tones.find((tone) => tone === stored) ?? 0;
}

export function rememberTone(tone: Tone): void {
  localStorage.setItem(key, String(tone));
}
