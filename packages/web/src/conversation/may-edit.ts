import type { Message } from "@multichat/client/contract";

/** Only what one wrote oneself can be changed, and only words. */
export function mayEdit({ own, kind, known, deleted, wanted, refused, forwarded, position }: Message): boolean {
  return own && known && (kind === "message" || kind === "reply") && !deleted && !wanted && !refused && !forwarded && position !== "";
}
