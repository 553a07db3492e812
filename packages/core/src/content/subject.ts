/** What a header names under `of` (spec/12-content.md). */
import { type EventId, type Header, idFromBytes, idLength } from "@multichat/protocol";

/** The event that an annotation is about, or whose thread a reply is in; null where the header names none. */
export function subjectOf({ ext }: Pick<Header, "ext">): EventId | null {
  const of = ext.get("of");
  return of instanceof Uint8Array && of.length === idLength ? idFromBytes<EventId>(of) : null;
}
