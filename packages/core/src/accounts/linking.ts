/** What both sides of a linking compute (spec/09-devices.md, Linking a device). */
import { type DeviceId, concat, idToBytes, labels } from "@multichat/protocol";
import type { Crypto } from "../ports/index.ts";
import { linkEmoji } from "./link-emoji.ts";

export interface LinkTranscript {
  /** The device that is there already. */
  existing: DeviceId;
  new: DeviceId;
  secret: Uint8Array;
  nonceExisting: Uint8Array;
  nonceNew: Uint8Array;
  agreementKey: Uint8Array;
}

export function linkCommitment(
  crypto: Crypto,
  nonceNew: Uint8Array,
  agreementKey: Uint8Array,
): Uint8Array {
  return crypto.sha256(labels.linkCommit, nonceNew, agreementKey);
}

export function linkProof(
  crypto: Crypto,
  params: Pick<LinkTranscript, "existing" | "new" | "secret"> & { commitment: Uint8Array },
): Uint8Array {
  const { existing, secret, commitment } = params;
  return crypto.hmacSha256(
    secret,
    concat(labels.linkProof, idToBytes(params.new), idToBytes(existing), commitment),
  );
}

/** Seven symbols with their names: the same on both sides if nobody stands between. */
export function emojiOf(
  crypto: Crypto,
  transcript: LinkTranscript,
): { symbol: string; name: string }[] {
  const { existing, secret, nonceExisting, nonceNew, agreementKey } = transcript;
  const digest = crypto.sha256(
    labels.linkEmoji,
    idToBytes(existing),
    idToBytes(transcript.new),
    secret,
    nonceExisting,
    nonceNew,
    agreementKey,
  );
  let bits = 0n;
  for (const byte of digest.subarray(0, 6)) bits = (bits << 8n) | BigInt(byte);
  return Array.from({ length: 7 }, (_, i) => {
    const [symbol, name] = linkEmoji[Number((bits >> BigInt(42 - 6 * i)) & 63n)]!;
    return { symbol, name };
  });
}
