/** How decoded values stand in the vector files: bytes as lowercase hex, stamps as decimal strings, maps as objects. */
import { type CborValue, toHex } from "@multichat/protocol";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export function asJson(value: unknown): Json {
  if (value instanceof Uint8Array) return toHex(value);
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(asJson);
  const entries = value instanceof Map ? [...value] : Object.entries(value as object);
  return Object.fromEntries(entries.map(([key, item]) => [key as string, asJson(item)]));
}

/** Any CBOR value with its type: `{"uint": "7"}`, `{"bytes": "00ff"}`, `{"text": "…"}`, `{"array": […]}`, `{"map": [[key, value], …]}`. */
export function tagged(value: CborValue): Json {
  if (typeof value === "number" || typeof value === "bigint") return { uint: value.toString() };
  if (typeof value === "string") return { text: value };
  if (value === null || typeof value === "boolean") return value;
  if (value instanceof Uint8Array) return { bytes: toHex(value) };
  if (value instanceof Map) return { map: [...value].map(([key, item]) => [key as string, tagged(item as CborValue)]) };
  return { array: (value as readonly CborValue[]).map(tagged) };
}
