/** Ids are hex in the program and 32 bytes in the database. Node's own conversion is several times faster than a portable one. */
import { type AnyId, idLength } from "@multichat/protocol";

export function idBytes(id: AnyId): Uint8Array {
  const bytes = Buffer.from(id, "hex");
  // Buffer stops at the first character that is not hex; such an id can only come from a bug.
  if (bytes.length !== idLength) throw new RangeError(`an id is ${2 * idLength} hex digits`);
  return bytes;
}

export function idText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
