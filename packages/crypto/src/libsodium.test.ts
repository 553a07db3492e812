import { expect, test } from "vitest";
import { loadLibsodium } from "./libsodium.ts";

const failing = (error: Error) => () => {
  throw error;
};

test.each(["ADDON_NOT_FOUND", "CANNOT_LOAD", "MODULE_NOT_FOUND"])("%s: this machine does without it", (code) => {
  expect(loadLibsodium(failing(Object.assign(new Error("not here"), { code })))).toBeNull();
});

test("anything else that is wrong with it is said", () => {
  expect(() => loadLibsodium(failing(new SyntaxError("garbled")))).toThrow("garbled");
});
