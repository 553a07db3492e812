/** Content kinds this node knows (spec/03-events.md): what permission each needs, and whether a payload may happen. */
import { type Result, decodeMessage } from "@multichat/protocol";
import type { Permission } from "../control/permissions.ts";

export interface ContentKind {
  permission: Permission;
  /** Whether the payload fits the kind. */
  validate(payload: Uint8Array): Result<unknown>;
}

const kinds: ReadonlyMap<string, ContentKind> = new Map([["message", { permission: "send", validate: decodeMessage }]]);

/** Kinds unknown here are judged like messages, and shown by their fallback text. */
const unknownKind: ContentKind = { permission: "send", validate: () => ({ ok: true, value: null }) };

export function contentKind(kind: string): ContentKind & { known: boolean } {
  const found = kinds.get(kind);
  return found === undefined ? { ...unknownKind, known: false } : { ...found, known: true };
}
