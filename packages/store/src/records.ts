/** Small signed values of which only the newest counts (spec/07-records-and-invites.md). */
import type { Store, StoredRecord } from "@multichat/core/ports";
import type { Connection } from "./connection.ts";
import { idBytes } from "./id-bytes.ts";

export function createRecords(connection: Connection): Pick<Store, "putRecord" | "records"> {
  const put = connection.command(`
    INSERT INTO records (scope, type, account, device, key, hlc, bytes, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (scope, type, account, device, key)
    DO UPDATE SET hlc = excluded.hlc, bytes = excluded.bytes, signature = excluded.signature
    WHERE (excluded.hlc, excluded.bytes) > (records.hlc, records.bytes)`);
  const select = (condition: string) =>
    connection.query(
      `SELECT type, account, device, key, CAST(hlc AS TEXT), bytes, signature FROM records
       WHERE ${condition} ORDER BY type, account, device, key`,
      ["text", "accountId", "deviceId", "bytes", "hlc", "bytes", "bytes"],
    );
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
        const [rowType, account, device, key, hlc, bytes, signature] = row;
        return { scope, account, device, type: rowType, key, hlc, bytes, signature };
      });
    },
  };
}
