/** What a header says of its payload (spec/12-content.md), so that it can be judged when the payload is gone. */
import { type CborMap, type CborValue, type EventId, type Header, idFromBytes, idLength, idToBytes } from "@multichat/protocol";
import { contentKind } from "./kinds.ts";

/**
 * For what is written: `of`, the event it says something about or whose thread it is in; `attach`, that it has files.
 * @param read the payload, as its kind reads it
 */
export function extOf(kind: string, payload: Uint8Array, read: object | null): CborMap {
  const ext = new Map<string, CborValue>();
  const target = contentKind(kind).about?.(payload)?.target;
  if (target !== undefined) ext.set("of", idToBytes(target));
  if (read !== null && "files" in read) ext.set("attach", true);
  return ext;
}

/** Whether a header says what belongs to its payload. */
export function extFits({ kind, ext }: Pick<Header, "kind" | "ext">, payload: Uint8Array, read: object | null): boolean {
  const right = extOf(kind, payload, read);
  return right.get("attach") === ext.get("attach") && ofIn(right) === ofIn(ext);
}

/** The event that an annotation, or a reply, is about; null where its header names none. */
export function subjectOf({ ext }: Pick<Header, "ext">): EventId | null {
  return ofIn(ext);
}

function ofIn(ext: CborMap): EventId | null {
  const of = ext.get("of");
  return of instanceof Uint8Array && of.length === idLength ? idFromBytes<EventId>(of) : null;
}
