/** What each device keeps in the records of a scope, in memory: so that what is old or too much costs no signature check. */
import type { Store } from "@multichat/core/ports";
import { type DeviceId, type Hlc, type RecordBody, compareBytes, toHex } from "@multichat/protocol";
import type { Space } from "../joining/spaces.ts";

export const recordShare = {
  /** An acknowledgement of each channel, and a few of everything else. */
  records: 256,
  /** Acknowledgements are 48 kB at most, and far less where nobody leaves gaps on purpose. */
  bytes: 1024 * 1024,
} as const;

interface Share {
  records: Map<string, { hlc: Hlc; bytes: Uint8Array }>;
  bytes: number;
}

type Scope = Map<DeviceId, Share>;
type Named = Pick<RecordBody, "scope" | "account" | "device" | "type" | "key" | "hlc">;

export interface RecordShares {
  isNewer(space: Space, record: Named, bytes: Uint8Array): boolean;
  /** Whether the device may keep one of this size here, in place of the one it replaces. */
  hasRoom(space: Space, record: Named, size: number): boolean;
  put(space: Space, record: Named, bytes: Uint8Array): void;
  /** The store may hold less than was put. */
  forget(): void;
}

export function createRecordShares(store: Pick<Store, "records">): RecordShares {
  let ofAccounts = new Map<string, Scope>();
  /** A space that was dropped and comes back begins with nothing. */
  let ofSpaces = new WeakMap<Space, Scope>();

  function note(scope: Scope, record: Named, bytes: Uint8Array): void {
    const share = scope.get(record.device) ?? { records: new Map(), bytes: 0 };
    scope.set(record.device, share);
    const name = nameOf(record);
    share.bytes += bytes.length - (share.records.get(name)?.bytes.length ?? 0);
    share.records.set(name, { hlc: record.hlc, bytes });
  }

  function scopeOf(space: Space, name: string): Scope {
    const known = name === space.id ? ofSpaces.get(space) : ofAccounts.get(name);
    if (known !== undefined) return known;
    const scope: Scope = new Map();
    for (const record of store.records(name)) note(scope, record, record.bytes);
    if (name === space.id) ofSpaces.set(space, scope);
    else ofAccounts.set(name, scope);
    return scope;
  }

  return {
    isNewer(space, record, bytes) {
      const held = scopeOf(space, record.scope).get(record.device)?.records.get(nameOf(record));
      return held === undefined || record.hlc > held.hlc || (record.hlc === held.hlc && compareBytes(bytes, held.bytes) > 0);
    },
    hasRoom(space, record, size) {
      const share = scopeOf(space, record.scope).get(record.device);
      const replaced = share?.records.get(nameOf(record))?.bytes.length;
      const count = (share?.records.size ?? 0) + (replaced === undefined ? 1 : 0);
      return count <= recordShare.records && (share?.bytes ?? 0) - (replaced ?? 0) + size <= recordShare.bytes;
    },
    put: (space, record, bytes) => note(scopeOf(space, record.scope), record, bytes),
    forget() {
      ofAccounts = new Map();
      ofSpaces = new WeakMap();
    },
  };
}

function nameOf({ account, type, key }: Named): string {
  return `${account}/${type}/${toHex(key)}`;
}
