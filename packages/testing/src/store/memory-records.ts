/** Records and settings of the memory store. */
import type { Store, StoredRecord } from "@multichat/core/ports";
import { compareBytes, toHex } from "@multichat/protocol";
import { deleteFrom, setIn, type UndoLog } from "./undo-log.ts";

export interface MemoryRecords extends Pick<Store, "putRecord" | "records" | "recordsSince"> {
  dropScope(scope: string): void;
}

/** @param lastArrival the highest arrival number given out so far */
export function createMemoryRecords(log: UndoLog, lastArrival: () => number): MemoryRecords {
  const scopes = new Map<string, Map<string, { record: StoredRecord; arrival: number }>>();
  const heldOf = (scope: string) => [...(scopes.get(scope)?.values() ?? [])];

  return {
    putRecord: (record) =>
      log.transaction(() => {
        const { scope, account, device, type, key, hlc, bytes, signature } = record;
        let held = scopes.get(scope);
        if (held === undefined) setIn(log, scopes, scope, (held = new Map()));
        const name = JSON.stringify([account, device, type, toHex(key)]);
        const old = held.get(name)?.record;
        if (
          old !== undefined &&
          (old.hlc > hlc || (old.hlc === hlc && compareBytes(old.bytes, bytes) >= 0))
        )
          return false;
        const kept = { scope, account, device, type, key, hlc, bytes, signature };
        setIn(log, held, name, { record: kept, arrival: lastArrival() });
        return true;
      }),
    records: (scope, type) =>
      heldOf(scope)
        .filter(({ record }) => type === undefined || record.type === type)
        .map(({ record }) => ({ ...record })),
    recordsSince: (scope, since) =>
      heldOf(scope)
        .filter(({ arrival }) => arrival >= since)
        .map(({ record }) => ({ ...record })),
    dropScope: (scope) => deleteFrom(log, scopes, scope),
  };
}

export function createMemorySettings(
  log: UndoLog,
): Pick<Store, "setting" | "putSetting" | "settings"> {
  const settings = new Map<string, string>();

  return {
    setting: (key) => settings.get(key) ?? null,
    putSetting: (key, value) =>
      log.transaction(() => {
        if (value === null) deleteFrom(log, settings, key);
        else setIn(log, settings, key, value);
      }),
    settings: (prefix) =>
      [...settings]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, value]) => ({ key, value }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  };
}
