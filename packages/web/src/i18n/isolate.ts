/**
 * What is put into a sentence from outside, a name above all, must not turn the words around it when it is written in the
 * other direction: it gets marks around it that keep its direction to itself.
 */
import { directionOf } from "./languages.ts";

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const firstStrong = "\u2068";
const end = "\u2069";

export function isolateValues(language: string, values: Record<string, unknown>): Record<string, unknown> {
  const turns = (value: string) => directionOf(language) === "rtl" || rightToLeft.test(value);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "string" && turns(value) ? `${firstStrong}${value}${end}` : value]),
  );
}
