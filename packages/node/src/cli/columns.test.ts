import { expect, test } from "vitest";
import { columns } from "./columns.ts";

test("columns line up, whatever the script, and end without spaces", () => {
  expect(
    columns([
      ["a", "one", "x"],
      ["日本", "", ""],
      ["long name", "two", "y z"],
    ]),
  ).toBe("a          one  x\n日本\nlong name  two  y z");
});
