/** The records `root-request` and `root-approval` (spec/07-records-and-invites.md, Root keys): asking for a root's keys, and agreeing. */
import { compareBytes, encode } from "./cbor/encode.ts";
import { ascending, bytesOf, ids, list, nullOr, readAs, tuple, uint } from "./cbor/read.ts";
import { FormatError } from "./cbor/value.ts";
import { type EventId, idLength, idToBytes } from "./ids.ts";
import { limits } from "./limits.ts";
import type { Result } from "./result.ts";

/** The rotation that is asked for, and the place where its author will write it. */
export interface RootRequest {
  generation: number;
  /** Commits to the key that is to come after. */
  next: Uint8Array;
  /** Ascending. */
  heads: EventId[];
  seq: number;
}

/** Null withdraws it. */
export function encodeRootRequest(request: RootRequest | null): Uint8Array {
  return encode(request === null ? null : [request.generation, request.next, request.heads.map(idToBytes), request.seq]);
}

export function decodeRootRequest(bytes: Uint8Array): Result<RootRequest | null> {
  return readAs("root-request", bytes, (value) =>
    nullOr(value, (item) => {
      const [generation, next, heads, seq] = tuple(item, 4);
      const found = { generation: uint(generation), next: bytesOf(next, idLength), heads: ids<EventId>(heads, limits.heads), seq: uint(seq) };
      if (found.generation === 0 || found.heads.length === 0 || found.seq === 0) throw new FormatError("no rotation, or no place for one");
      return found;
    }),
  );
}

/** A root key and its signature. */
export type RootApproval = [key: Uint8Array, signature: Uint8Array];

export function encodeRootApprovals(approvals: readonly RootApproval[]): Uint8Array {
  return encode([...approvals].sort(([a], [b]) => compareBytes(a, b)));
}

export function decodeRootApprovals(bytes: Uint8Array): Result<RootApproval[]> {
  return readAs("root-approval", bytes, (value) => {
    const found = list(value, limits.rootKeys).map((item): RootApproval => {
      const [key, signature] = tuple(item, 2);
      return [bytesOf(key, 32), bytesOf(signature, 64)];
    });
    ascending(found.map(([key]) => key));
    if (found.length === 0) throw new FormatError("no signature");
    return found;
  });
}
