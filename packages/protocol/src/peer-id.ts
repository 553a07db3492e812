/** A device as libp2p names it (spec/05-transport.md): base58 of the identity multihash of its public key. */
import { base58 } from "@scure/base";
import { type DeviceId, idFromBytes, idLength, idToBytes } from "./ids.ts";
import { concat } from "./labels.ts";

/** Multihash "identity" of 36 bytes, which are the protobuf {type: Ed25519, data: 32 bytes}. */
const prefix = Uint8Array.of(0x00, 0x24, 0x08, 0x01, 0x12, 0x20);

/** The device whose name that is, or null. */
export function deviceOfPeerId(text: string): DeviceId | null {
  try {
    const bytes = base58.decode(text);
    if (bytes.length !== prefix.length + idLength || !prefix.every((byte, i) => bytes[i] === byte)) return null;
    return idFromBytes<DeviceId>(bytes.subarray(prefix.length));
  } catch {
    return null;
  }
}

export function peerIdText(device: DeviceId): string {
  return base58.encode(concat(prefix, idToBytes(device)));
}
