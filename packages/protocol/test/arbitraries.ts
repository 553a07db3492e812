/** fast-check arbitraries for the formats of this package. */
import fc from "fast-check";
import type { CborValue } from "../src/index.ts";

export const uint64 = fc.oneof(
  fc.nat(),
  fc.integer({ min: 0, max: 300 }),
  fc.maxSafeNat(),
  // Decoding gives numbers below 2^53 and bigints from there on.
  fc.bigInt({ min: 1n << 53n, max: (1n << 64n) - 1n }),
);

export const text = fc.string({ unit: "binary" });
export const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
export const bytesUpTo = (maxLength: number) => fc.uint8Array({ maxLength });

export const cborValue = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: "small", withCrossShrink: true },
    uint64,
    text,
    bytesUpTo(40),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 6 }),
    fc.uniqueArray(fc.tuple(text, tie("value")), { maxLength: 6, selector: ([key]) => key }).map(
      (entries): CborValue => new Map(entries),
    ),
  ),
})).value;

/** An encoding with a few bytes changed, cut out, put in or cut off. */
export function mutated(encodings: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    how: fc.constantFrom("set", "flip", "delete", "insert", "truncate"),
    at: fc.nat(),
    byte: fc.integer({ min: 0, max: 255 }),
  });
  return fc.tuple(encodings, fc.array(change, { minLength: 1, maxLength: 3 })).map(([encoding, changes]) => {
    let changed = [...encoding];
    for (const { how, at, byte } of changes) {
      const place = at % Math.max(1, changed.length);
      if (how === "set") changed[place] = byte;
      else if (how === "flip") changed[place] = (changed[place] ?? 0) ^ (1 << (byte & 7));
      else if (how === "delete") changed.splice(place, 1);
      else if (how === "insert") changed.splice(place, 0, byte);
      else changed = changed.slice(0, place);
    }
    return Uint8Array.from(changed);
  });
}

/** What contradicts a property, in words; null if nothing was found that does. */
export function counterexample<T>(property: fc.IProperty<T>, numRuns = 300): string | null {
  const details = fc.check(property, { numRuns });
  return details.failed ? (fc.defaultReportMessage(details) ?? "failed") : null;
}
