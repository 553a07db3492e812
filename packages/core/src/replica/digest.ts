/** A digest of everything held of a space (spec/06-sync.md): equal digests, nothing to exchange. */
import { type SpaceId, compareBytes, concat, encode, fromHex, idToBytes } from "@multichat/protocol";
import type { ControlState } from "../control/state.ts";
import type { Crypto, Store, StoredRecord } from "../ports/index.ts";
import { type Feeds, rowOf } from "./feeds.ts";

export function digest(
  crypto: Crypto,
  store: Store,
  feeds: Feeds,
  state: ControlState | null,
  space: SpaceId,
): Uint8Array {
  const rows = [...feeds.all()]
    .map(rowOf)
    .sort((a, b) => (a.channel + a.device < b.channel + b.device ? -1 : 1))
    .map(({ channel, device, ranges, tip, forks }) =>
      encode([idToBytes(channel), idToBytes(device), ranges.flat(), idToBytes(tip), forks.map(idToBytes)]),
    );
  const records = recordsOf(store, state, space)
    .sort(inOrder)
    .map(({ scope, account, device, type, key, hlc }) =>
      encode([fromHex(scope), idToBytes(account), idToBytes(device), type, key, hlc]),
    );
  return crypto.sha256(concat(...rows, ...records));
}

/** Ascending by (scope, account, type, key, device), bytewise. */
function inOrder(a: StoredRecord, b: StoredRecord): number {
  return (
    ascending(a.scope, b.scope) ||
    ascending(a.account, b.account) ||
    ascending(a.type, b.type) ||
    compareBytes(a.key, b.key) ||
    ascending(a.device, b.device)
  );
}

function ascending(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The records that count in a space: its own, and those of its members' accounts, from devices bound here. */
export function recordsOf(store: Store, state: ControlState | null, space: SpaceId): StoredRecord[] {
  return counting(state, space, (scope) => store.records(scope));
}

/** Of these, the ones that may be lacking where all is known that arrived here up to `arrival`. */
export function recordsSince(store: Store, state: ControlState | null, space: SpaceId, arrival: number): StoredRecord[] {
  return counting(state, space, (scope) => store.recordsSince(scope, arrival));
}

function counting(state: ControlState | null, space: SpaceId, read: (scope: string) => StoredRecord[]): StoredRecord[] {
  if (state === null) return [];
  const scopes: string[] = [space, ...state.members.keys()];
  return scopes
    .flatMap(read)
    .filter(({ device, account }) => state.devices.get(device) === account);
}
