/** What a header says of its payload (spec/12-content.md), so that it can be judged when the payload is gone. */
import { type CborMap, type CborValue, type Header, idToBytes } from "@multichat/protocol";
import { contentKind } from "./kinds.ts";
import { subjectOf } from "./subject.ts";

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
  return right.get("attach") === ext.get("attach") && subjectOf({ ext: right }) === subjectOf({ ext });
}
