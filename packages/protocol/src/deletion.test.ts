import { expect, test } from "vitest";
import { encode } from "./cbor/encode.ts";
import { decodeDelete, encodeDelete } from "./deletion.ts";
import { type EventId, idFromBytes } from "./ids.ts";

const target = idFromBytes<EventId>(new Uint8Array(32).fill(7));

test("a delete names the event it takes back", () => {
  expect(decodeDelete(encodeDelete({ target }))).toEqual({ ok: true, value: { target } });
});

test("other keys are passed over; a target that is none is refused", () => {
  const bytes = new Uint8Array(32).fill(7);
  expect(decodeDelete(encode(new Map<string, Uint8Array | string>([["note", "more"], ["target", bytes]]))).ok).toBe(true);
  for (const wrong of [new Uint8Array(31), "7"]) expect(decodeDelete(encode(new Map([["target", wrong]]))).ok).toBe(false);
  expect(decodeDelete(encode(new Map())).ok).toBe(false);
});
