import { expect, test } from "vitest";
import { encode } from "../cbor/encode.ts";
import { limits } from "../limits.ts";
import { fallbackText } from "./fallback.ts";

test("is the text of a kind that is not known", () => {
  expect(fallbackText(encode(new Map<string, string | number>([["text", "Tea?"], ["options", 2]])))).toBe("Tea?");
});

test("is no longer than a message", () => {
  expect(fallbackText(encode(new Map([["text", "x".repeat(limits.messageText + 1)]]))).length).toBe(limits.messageText);
});

test("is nothing where there is no text", () => {
  expect(fallbackText(encode(new Map([["text", 7]])))).toBe("");
  expect(fallbackText(new Uint8Array([0xff]))).toBe("");
});
