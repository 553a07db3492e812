/**
 * The signatures in a frame, so that they can be checked on other threads before its turn comes. Only for frames with many: a
 * single message is checked sooner here than it could be handed over.
 */
import type { SignatureCheck } from "@multichat/crypto";
import { concat, decodeFrame, decodeHeader, idToBytes, labels } from "@multichat/protocol";

/** Below this no frame holds as many events as are worth it. */
const fewestBytes = 2048;
const fewestEvents = 6;

/** Empty for a frame of another kind, or one that is not to be read: whoever handles it says so. */
export function signaturesIn(bytes: Uint8Array): SignatureCheck[] {
  if (bytes.length < fewestBytes) return [];
  const frame = decodeFrame(bytes);
  if (!frame.ok || frame.value.type !== "events" || frame.value.events.length < fewestEvents) return [];
  return frame.value.events.flatMap(({ header, signature }) => {
    const decoded = decodeHeader(header);
    if (!decoded.ok) return [];
    return [{ publicKey: idToBytes(decoded.value.device), message: concat(labels.event, header), signature }];
  });
}
