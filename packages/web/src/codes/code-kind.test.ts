import { expect, test } from "vitest";
import { codeKind } from "./code-kind.ts";

test("a code says by its beginning what it is for", () => {
  expect(codeKind("multichat://join/#abc")).toBe("invite");
  expect(codeKind(" multichat://link/#abc\n")).toBe("device");
  expect(codeKind("multichat://verify/#abc")).toBe("verification");
});

test("whatever else a camera reads is no code of Multichat", () => {
  for (const text of ["", "https://example.org/#multichat://join/#abc", "multichat://other/#abc", "WIFI:S:Guests;;"]) {
    expect(codeKind(text)).toBeNull();
  }
});
