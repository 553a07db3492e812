import { describe, expect, test } from "vitest";
import { encode } from "./cbor/encode.ts";
import { decodeEvent, eventValue } from "./event.ts";

const whole = { header: Uint8Array.of(1), signature: new Uint8Array(64), salt: new Uint8Array(16), payload: Uint8Array.of(2) };

describe("events", () => {
  test("travel without salt when the payload is not held: one tells nothing without the other", () => {
    const encoded = encode(eventValue({ ...whole, payload: null }));
    expect(decodeEvent(encoded)).toEqual({ ok: true, value: { ...whole, salt: null, payload: null } });
  });

  test("tell an empty payload from one that is not held", () => {
    const empty = { ...whole, payload: new Uint8Array(0) };
    expect(decodeEvent(encode(eventValue(empty)))).toEqual({ ok: true, value: empty });
  });
});
