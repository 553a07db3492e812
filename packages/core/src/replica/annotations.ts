/** How what an event says about another is filed (spec/12-content.md), as long as it stands. */
import type { EventId, Header } from "@multichat/protocol";
import { contentKind } from "../content/kinds.ts";
import type { ControlState } from "../control/state.ts";
import type { Annotation } from "../ports/index.ts";

/** Null for what says nothing about another, or nobody knows what any more. */
export function annotationOf(state: ControlState | null, { header, id }: { header: Header; id: EventId }, payload: Uint8Array | null): Annotation | null {
  const { about } = contentKind(header.kind);
  const author = state?.judged.facts.grants.get(header.auth)?.account;
  const said = about === null || payload === null || author === undefined ? null : about(payload);
  return said === null ? null : { ...said, kind: header.kind, author: author!, event: id, hlc: header.hlc };
}
