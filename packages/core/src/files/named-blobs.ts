/** The blobs that an event names (spec/12-content.md, Files). */
import { decodeContent } from "@multichat/protocol";
import type { Event } from "../events/event.ts";
import type { BlobName } from "../ports/index.ts";

export function namedBlobs({ id, header, wire }: Pick<Event, "id" | "header" | "wire">): BlobName[] {
  const { kind, ext } = header;
  if (ext.get("attach") !== true || wire.payload === null) return [];
  if (kind !== "message" && kind !== "reply" && kind !== "imported") return [];
  const read = decodeContent(kind, wire.payload);
  return (read.ok ? (read.value.files ?? []) : []).flatMap(([, , size, blob, { thumb }]) => [
    { blob, event: id, size, thumb: false },
    ...(thumb === undefined ? [] : [{ blob: thumb[0], event: id, size: thumb[1], thumb: true }]),
  ]);
}
