/** Content kinds this node knows (spec/03-events.md): what permission each needs, and whether a payload may happen. */
import { type Result, decodeDelete, decodeMessage } from "@multichat/protocol";
import type { Permission } from "../control/permissions.ts";

export interface ContentKind {
  /** Null: any member may write it; what it does is judged where it is used. */
  permission: Permission | null;
  /** Whether it has a place of its own in the channel. */
  shown: boolean;
  /** Whether the payload fits the kind. */
  validate(payload: Uint8Array): Result<unknown>;
}

const kinds: ReadonlyMap<string, ContentKind> = new Map<string, ContentKind>([
  ["message", { permission: "send", shown: true, validate: decodeMessage }],
  ["delete", { permission: null, shown: false, validate: decodeDelete }],
]);

/** Kinds unknown here are judged like messages, and shown by their fallback text. */
const unknownKind: ContentKind = { permission: "send", shown: true, validate: () => ({ ok: true, value: null }) };

export function contentKind(kind: string): ContentKind & { known: boolean } {
  const found = kinds.get(kind);
  return found === undefined ? { ...unknownKind, known: false } : { ...found, known: true };
}
