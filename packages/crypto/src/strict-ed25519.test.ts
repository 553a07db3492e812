import { expect, test } from "vitest";
import invalid from "../../../spec/vectors/invalid/ed25519.json" with { type: "json" };
import valid from "../../../spec/vectors/valid/ed25519.json" with { type: "json" };
import { invalidVectors, validVectors } from "../test/ed25519/make-vectors.ts";
import { isStrictlyEncoded } from "./strict-ed25519.ts";

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));

/** Reasons that must not be left to the library underneath: whether it refuses these differs from release to release. */
const refusedByLooking = /not (32|64) bytes|not below L|not canonical|small order/;

test.each(invalid.vectors)(
  "is $reason seen before any arithmetic: $name",
  ({ publicKey, signature, reason }) => {
    expect(isStrictlyEncoded(bytes(publicKey), bytes(signature))).toBe(
      !refusedByLooking.test(reason),
    );
  },
);

test("the files are what the generator makes", () => {
  expect(valid).toEqual(validVectors());
  expect(invalid).toEqual(invalidVectors());
});
