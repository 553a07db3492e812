import { StoreError } from "@multichat/core/ports";
import { expect, test } from "vitest";
import { isDamage } from "./damaged-engine.ts";

test.each([
  [new StoreError("damaged", "cut off"), true],
  [new StoreError("io", "cannot be read"), true],
  [new StoreError("full", "no room"), false],
  [new Error("a bug"), false],
])("after %s a new device is offered: %s", (error, offered) => {
  expect(isDamage(error)).toBe(offered);
});
