import { describe, expect, test } from "vitest";
import { type EventId, idFromBytes, idToBytes, parseEventId, zeroId } from "./ids.ts";

const text = "00ff".repeat(16);

describe("ids", () => {
  test("are 64 lowercase hex digits as text", () => {
    expect(parseEventId(text)).toBe(text);
    expect(parseEventId(zeroId)).toBe(zeroId);
  });

  test.each([text.toUpperCase(), text.slice(1), `${text}0`, `${text}\n`, "g".repeat(64), ""])("are not %j", (other) => {
    expect(parseEventId(other)).toBeNull();
  });

  test("are 32 bytes on the wire", () => {
    const bytes = idToBytes(text as EventId);
    expect(bytes.length).toBe(32);
    expect(idFromBytes<EventId>(bytes)).toBe(text);
    expect(() => idFromBytes<EventId>(bytes.subarray(1))).toThrow(RangeError);
  });
});
