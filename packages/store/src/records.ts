/** Small signed values of which only the newest counts (spec/07-records-and-invites.md). */
import type { Store, StoredRecord } from "@multichat/core/ports";
import type { AccountId, DeviceId } from "@multichat/protocol";
import type { Connection } from "./connection.ts";
import { idBytes, idText } from "./id-bytes.ts";

type RecordRow = [
  type: string,
  account: Uint8Array,
  device: Uint8Array,
  key: Uint8Array,
  hlc: string,
  bytes: Uint8Array,
  signature: Uint8Array,
];

export function createRecords(connection: Connection): Pick<Store, "putRecord" | "records"> {
  const put = connection.statement(`
    INSERT INTO records (scope, type, account, device, key, hlc, bytes, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (scope, type, account, device, key)
    DO UPDATE SET hlc = excluded.hlc, bytes = excluded.bytes, signature = excluded.signature
    WHERE (excluded.hlc, excluded.bytes) > (records.hlc, records.bytes)`);
  const select = (condition: string) =>
    connection.statement<RecordRow>(`
      SELECT type, account, device, key, CAST(hlc AS TEXT), bytes, signature FROM records
      WHERE ${condition} ORDER BY type, account, device, key`);
  const ofScope = select("scope = ?");
  const ofType = select("scope = ? AND type = ?");

  return {
    putRecord: (record) =>
      connection.transaction(() => {
        const { scope, type, account, device, key, hlc, bytes, signature } = record;
        return (
          put.run(scope, type, idBytes(account), idBytes(device), key, hlc, bytes, signature) === 1
        );
      }),

    records(scope, type) {
      const rows = type === undefined ? ofScope.all(scope) : ofType.all(scope, type);
      return rows.map((row): StoredRecord => {
        const [rowType, accountId, deviceId, key, hlc, bytes, signature] = row;
        const account = idText<AccountId>(accountId);
        const device = idText<DeviceId>(deviceId);
        return { scope, account, device, type: rowType, key, hlc: BigInt(hlc), bytes, signature };
      });
    },
  };
}
