/**
 * How hard a passphrase is to guess, roughly: length counts most, then whether it is more than one repeated kind of
 * character. A hint for whoever chooses one, no promise.
 */
export const strengths = ["weak", "fair", "good"] as const;
export type Strength = (typeof strengths)[number];

/** Under these many bits somebody with many computers tries all of them; scrypt makes each try dear. */
const fairBits = 45;
const goodBits = 65;
/** A word of a few thousand, however long it is. */
const wordBits = 12;

export function passphraseStrength(text: string): Strength {
  const bits = Math.min(characterBits(text), wordsBits(text));
  return bits >= goodBits ? "good" : bits >= fairBits ? "fair" : "weak";
}

function characterBits(text: string): number {
  const kinds = [/[a-z]/u, /[A-Z]/u, /\d/u, /[^A-Za-z\d]/u].filter((kind) => kind.test(text)).length;
  const different = new Set(text).size;
  return Math.min(text.length, different * 2) * (3 + kinds * 0.75);
}

/** What consists of letters only is taken for words. */
function wordsBits(text: string): number {
  if (!/^[\p{L}\s.,-]+$/u.test(text)) return Infinity;
  const words = new Set(text.toLowerCase().split(/[^\p{L}]+/u).filter((word) => word.length > 2));
  return words.size * wordBits;
}
