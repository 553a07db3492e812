/** Records and settings of the memory store. */
import type { Store, StoredRecord } from "@multichat/core/ports";
import { compareBytes, toHex } from "@multichat/protocol";
import { deleteFrom, setIn, type UndoLog } from "./undo-log.ts";

export interface MemoryRecords extends Pick<Store, "putRecord" | "records"> {
  dropScope(scope: string): void;
}

export function createMemoryRecords(log: UndoLog): MemoryRecords {
  const scopes = new Map<string, Map<string, StoredRecord>>();

  return {
    putRecord: (record) =>
      log.transaction(() => {
        const { scope, account, device, type, key, hlc, bytes, signature } = record;
        let held = scopes.get(scope);
        if (held === undefined) setIn(log, scopes, scope, (held = new Map()));
        const name = JSON.stringify([account, device, type, toHex(key)]);
        const old = held.get(name);
        if (
          old !== undefined &&
          (old.hlc > hlc || (old.hlc === hlc && compareBytes(old.bytes, bytes) >= 0))
        )
          return false;
        setIn(log, held, name, { scope, account, device, type, key, hlc, bytes, signature });
        return true;
      }),
    records: (scope, type) =>
      [...(scopes.get(scope)?.values() ?? [])]
        .filter((record) => type === undefined || record.type === type)
        .map((record) => ({ ...record })),
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
