/** Events as rows. */
import type { ArrivedEvent } from "@multichat/core/ports";
import type { RowOf } from "./columns.ts";
import type { Feeds } from "./feeds.ts";

export const eventColumns =
  "events.arrival, events.id, feed, seq, CAST(hlc AS TEXT), events.kind, header, signature, salt, payload";

export const eventTypes = [
  "integer",
  "eventId",
  "integer",
  "integer",
  "hlc",
  "text",
  "bytes",
  "bytes",
  "bytes?",
  "bytes?",
] as const;

export type EventRow = RowOf<typeof eventTypes>;

export function toEvent(row: EventRow, feeds: Feeds): ArrivedEvent {
  const [arrival, id, feed, seq, hlc, kind, header, signature, salt, payload] = row;
  const { space, channel, device } = feeds.byKey(feed);
  return { arrival, id, space, channel, device, seq, hlc, kind, header, signature, salt, payload };
}
