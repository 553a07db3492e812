/** What to show of a content kind that this node does not know (spec/03-events.md, Payload). */
import { map, readAs } from "../cbor/read.ts";
import { limits } from "../limits.ts";

/** Empty when the payload offers nothing. */
export function fallbackText(bytes: Uint8Array): string {
  const found = readAs("payload", bytes, (value) => map(value).get("text"));
  return found.ok && typeof found.value === "string" ? found.value.slice(0, limits.messageText) : "";
}
