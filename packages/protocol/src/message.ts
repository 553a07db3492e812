/** Payloads of content kinds (spec/03-events.md): maps in which unknown keys are ignored and `text` is the fallback. */
import { encode } from "./cbor/encode.ts";
import { map, readAs, textOf } from "./cbor/read.ts";
import { FormatError } from "./cbor/value.ts";
import { limits } from "./limits.ts";
import type { Result } from "./result.ts";

export interface MessagePayload {
  /** Markdown. */
  text: string;
}

export function encodeMessage(payload: MessagePayload): Uint8Array {
  return encode(new Map([["text", payload.text]]));
}

export function decodeMessage(bytes: Uint8Array): Result<MessagePayload> {
  return readAs("message", bytes, (value) => {
    const text = textOf(map(value).get("text"), 1, limits.messageText);
    if (text.trim() === "") throw new FormatError("only white space");
    return { text };
  });
}

/** What to show of a kind that this node does not know; empty when the payload offers nothing. */
export function fallbackText(bytes: Uint8Array): string {
  const found = readAs("payload", bytes, (value) => map(value).get("text"));
  return found.ok && typeof found.value === "string" ? found.value.slice(0, limits.messageText) : "";
}
