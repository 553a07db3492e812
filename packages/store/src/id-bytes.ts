/** Ids are hex in the program and 32 bytes in the database. Node's own conversion is several times faster than a portable one. */
import type { AccountId, ChannelId, DeviceId, EventId } from "@multichat/protocol";

export function idBytes(id: EventId | ChannelId | DeviceId | AccountId): Uint8Array {
  const bytes = Buffer.from(id, "hex");
  // Buffer stops at the first character that is not hex; such an id can only come from a bug.
  if (bytes.length !== 32) throw new RangeError("an id is 64 hex digits");
  return bytes;
}

/** For bytes that were put there by `idBytes`. */
export function idText<Id extends EventId | DeviceId | AccountId>(bytes: Uint8Array): Id {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex") as Id;
}
