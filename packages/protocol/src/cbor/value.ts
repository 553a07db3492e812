/**
 * The values that the protocol's CBOR subset can carry (spec/01-encoding.md). Unsigned integers are numbers as long as
 * they are exact, bigints above; maps are Maps, so that no key can name a prototype.
 */
export type CborValue = number | bigint | string | boolean | null | Uint8Array | readonly CborValue[] | CborMap;
export type CborMap = ReadonlyMap<string, CborValue>;

export const majorType = { uint: 0, bytes: 2, text: 3, array: 4, map: 5, simple: 7 } as const;
export const simple = { false: 0xf4, true: 0xf5, null: 0xf6 } as const;

/** Nesting beyond this is refused: no format of the protocol needs more. */
export const maxDepth = 16;

/** A value that is not what its format says; caught where bytes enter (`read`), never seen outside this package. */
export class FormatError extends Error {
  override name = "FormatError";
}
