/**
 * The root keys of a space (spec/04-control.md, The root): which are in force, who may take over from them, and what they sign.
 * Read from the control log; nothing of it is kept elsewhere.
 */
import { commitment, rootMessage, sameBytes } from "@multichat/core";
import type { Crypto } from "@multichat/core/ports";
import { type AccountId, type ControlKind, type ControlPayload, type EventId, encodeControlPayload, fromHex, toHex } from "@multichat/protocol";
import { type Draft, draft } from "../conversation/author.ts";
import type { Space } from "../joining/spaces.ts";

export interface RootKeys {
  generation: number;
  /** Ascending. */
  keys: readonly Uint8Array[];
  /** How many must sign; where there are fewer keys, all. */
  k: number;
  /** Commits to the keys that may replace these. */
  next: Uint8Array;
}

/** Whose root key it is to become, as the root has said itself. */
export interface Successor {
  account: AccountId;
  key: Uint8Array;
}

/** The policy that names those whom `next` commits to, since a commitment alone does not say whom. */
export const successorsPolicy = "root-next";

/** The keys in force, as far as this node knows, and by which event. */
export function rootKeys(space: Space): RootKeys & { since: EventId } {
  const state = space.replica.state()!;
  const [keys, k, next] = state.genesis.root;
  let found = { generation: 0, keys, k, next, since: space.id as string as EventId };
  for (const { id, control } of space.replica.log.events()) {
    if (control?.kind === "root.rotate" && !state.void.has(id) && control.payload.generation > found.generation) found = { ...control.payload, since: id };
  }
  return found;
}

/** How many of so many keys must sign. */
export function signaturesNeeded(k: number, keys: number): number {
  return Math.min(Math.max(k, 1), keys);
}

/** Ascending by key. */
export function successorsText(successors: readonly Successor[]): string {
  return successors.map(({ account, key }) => `${account}${toHex(key)}`).join("");
}

/**
 * Those that a root commits to, if it has said who they are; else null. What was said first counts: whoever has stolen the key
 * in force could say it again, with other accounts for the same keys.
 */
export function successorsOf(crypto: Crypto, space: Space, { next }: RootKeys): Successor[] | null {
  const state = space.replica.state()!;
  for (const { id, control } of space.replica.log.events()) {
    if (control?.kind !== "policy.set" || control.payload.key !== successorsPolicy || state.void.has(id)) continue;
    // Others may set policies too.
    if (state.judged.facts.get(id)?.auth !== "root") continue;
    const named = readSuccessors(control.payload.value);
    if (named !== null && sameBytes(commitment(crypto, named.map(({ key }) => key)), next)) return named;
  }
  return null;
}

function readSuccessors(value: string | number): Successor[] | null {
  if (typeof value !== "string" || !/^([0-9a-f]{128})+$/.test(value)) return null;
  const rows = value.match(/.{128}/g) ?? [];
  const keys = rows.map((row) => row.slice(64));
  // Another order is not what a rotation may hold, and one key twice is one.
  if (keys.some((key, i) => i > 0 && key <= keys[i - 1]!)) return null;
  return rows.map((row, i) => ({ account: row.slice(0, 64) as AccountId, key: fromHex(keys[i]!) }));
}

/** What the root's keys sign of an event at a place. */
export function statementOf<K extends ControlKind>(
  crypto: Crypto,
  space: Space,
  generation: number,
  kind: K,
  payload: ControlPayload<K>,
  at: { ctl: readonly EventId[]; device: string; seq: number },
): Uint8Array {
  return rootMessage(crypto, space.id as EventId, generation, { kind, payload } as Parameters<typeof rootMessage>[3], at);
}

/** At rank 0, with the statement of one key over its place. */
export function rooted<K extends ControlKind>(crypto: Crypto, space: Space, generation: number, seed: Uint8Array, kind: K, payload: ControlPayload<K>): Draft {
  return {
    ...draft(kind, payload),
    rooted: (at) => encodeControlPayload(kind, payload, { generation, signatures: [[crypto.publicKey(seed), crypto.sign(seed, statementOf(crypto, space, generation, kind, payload, at))]] }),
  };
}
