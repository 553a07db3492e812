import { describe, expect, test } from "vitest";
import { encode } from "./cbor/encode.ts";
import { limits } from "./limits.ts";
import { decodeMessage, encodeMessage, fallbackText } from "./message.ts";

describe("message", () => {
  test("may be as long as the limit, in UTF-16 code units", () => {
    const longest = "x".repeat(limits.messageText);
    expect(decodeMessage(encodeMessage({ text: longest }))).toEqual({ ok: true, value: { text: longest } });
    expect(decodeMessage(encodeMessage({ text: `${longest}x` })).ok).toBe(false);
    expect(decodeMessage(encodeMessage({ text: "🦄".repeat(limits.messageText / 2) })).ok).toBe(true);
  });

  test("may not be empty to the eye", () => {
    for (const text of ["", " ", "\n\t", "\u00a0\u3000\ufeff"]) expect(decodeMessage(encodeMessage({ text })).ok).toBe(false);
  });

  test("writes half a surrogate pair as a replacement character: what is stored is text", () => {
    expect(decodeMessage(encodeMessage({ text: "a\ud800" }))).toEqual({ ok: true, value: { text: "a\ufffd" } });
  });
});

describe("fallbackText", () => {
  test("is the text of a kind that is not known", () => {
    expect(fallbackText(encode(new Map<string, string | number>([["text", "Tea?"], ["options", 2]])))).toBe("Tea?");
  });

  test("is no longer than a message", () => {
    expect(fallbackText(encode(new Map([["text", "x".repeat(limits.messageText + 1)]]))).length).toBe(limits.messageText);
  });
});
