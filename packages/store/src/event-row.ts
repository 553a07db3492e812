/** Events as rows. */
import type { ArrivedEvent } from "@multichat/core/ports";
import type { Feeds } from "./feeds.ts";
import { idText } from "./id-bytes.ts";

/** The columns of `EventRow`; an hlc does not fit a JavaScript number, so it travels as text. */
export const eventColumns =
  "events.arrival, events.id, feed, seq, CAST(hlc AS TEXT), kind, header, signature, salt, payload";

export type EventRow = [
  arrival: number,
  id: Uint8Array,
  feed: number,
  seq: number,
  hlc: string,
  kind: string,
  header: Uint8Array,
  signature: Uint8Array,
  salt: Uint8Array | null,
  payload: Uint8Array | null,
];

export function toEvent(row: EventRow, feeds: Feeds): ArrivedEvent {
  const [arrival, id, feedKey, seq, hlc, kind, header, signature, salt, payload] = row;
  const { space, channel, device } = feeds.byKey(feedKey);
  return {
    arrival,
    id: idText(id),
    space,
    channel,
    device,
    seq,
    hlc: BigInt(hlc),
    kind,
    header,
    signature,
    salt,
    payload,
  };
}
