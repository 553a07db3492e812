/** A device's id is its Ed25519 public key, and that is also its libp2p peer id. */
import { publicKeyFromRaw } from "@libp2p/crypto/keys";
import type { PeerId } from "@libp2p/interface";
import { peerIdFromPublicKey } from "@libp2p/peer-id";
import { idFromBytes, idToBytes } from "@multichat/protocol";
import type { DeviceId } from "@multichat/protocol";

/** null for peers with another kind of key: none of ours. */
export function deviceOf(peer: PeerId): DeviceId | null {
  return peer.type === "Ed25519" ? idFromBytes<DeviceId>(peer.publicKey.raw) : null;
}

/** null when the id is not a point on the curve, and so no device's. */
export function peerIdOf(device: DeviceId): PeerId | null {
  try {
    return peerIdFromPublicKey(publicKeyFromRaw(idToBytes(device)));
  } catch {
    return null;
  }
}
