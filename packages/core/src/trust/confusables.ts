/** Letters that look like Latin ones, by the Latin one they look like: the common cases of Unicode's confusables (UTS #39). */

/** Looked up before small letters are made: a capital may look like another letter than its small form does. */
const capitals: { [latin: string]: string } = {
  a: "ΑАᎪ",
  b: "ΒВᏴ",
  c: "СᏟϹ",
  d: "Ꭰ",
  e: "ΕЕᎬ",
  f: "Ϝ",
  g: "ԌᏀ",
  h: "ΗНᎻ",
  j: "ЈᎫͿ",
  k: "ΚКᏦ",
  l: "ΙІӀᏞ",
  m: "ΜМᎷ",
  n: "Ν",
  o: "ΟОՕ",
  p: "ΡРᏢ",
  q: "Ԛ",
  s: "ЅՏᏚ",
  t: "ΤТᎢ",
  v: "ѴᏙ",
  w: "ԜᎳ",
  x: "ΧХ",
  y: "ΥУҮ",
  z: "ΖᏃ",
};

const small: { [latin: string]: string } = {
  a: "αаɑ4@",
  b: "вьβ8",
  c: "сϲ",
  d: "ԁɗđ",
  e: "еεзєэ3",
  g: "ɡց",
  h: "һհ",
  j: "јϳ",
  k: "κкқ",
  l: "iıɩιіӏ1|!ł",
  m: "м",
  n: "ηпո",
  o: "οоօσ0ø",
  p: "ρр",
  q: "ԛ",
  r: "гʀ",
  s: "ѕ5$",
  t: "τт",
  u: "υսʊ",
  v: "νѵ",
  w: "ωѡԝ",
  x: "χх",
  y: "уγү",
  z: "ᴢ",
};

const latinOf: ReadonlyMap<string, string> = new Map(
  [capitals, small].flatMap((table) => Object.entries(table).flatMap(([latin, letters]) => Array.from(letters, (letter) => [letter, latin] as const))),
);

/** The Latin small letter that this one looks like; the letter itself, made small, if it looks like none. */
export function latinLookAlike(letter: string): string {
  const lowered = letter.toLowerCase();
  return latinOf.get(letter) ?? latinOf.get(lowered) ?? lowered;
}
