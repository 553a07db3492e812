/** Small signed values of which only the newest counts (spec/07-records-and-invites.md). */
import type { Store, StoredRecord } from "@multichat/core/ports";
import type { AccountId, DeviceId } from "@multichat/protocol";
import type { Connection } from "./connection.ts";
import { idBytes } from "./id-bytes.ts";

/** @param lastArrival the highest arrival number given out so far */
export function createRecords(
  connection: Connection,
  lastArrival: () => number,
): Pick<Store, "putRecord" | "records" | "recordsSince"> {
  const put = connection.command(`
    INSERT INTO records (scope, type, account, device, key, hlc, bytes, signature, arrival) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (scope, type, account, device, key)
    DO UPDATE SET hlc = excluded.hlc, bytes = excluded.bytes, signature = excluded.signature, arrival = excluded.arrival
    WHERE (excluded.hlc, excluded.bytes) > (records.hlc, records.bytes)`);
  const select = (condition: string) =>
    connection.query(
      `SELECT scope, type, account, device, key, CAST(hlc AS TEXT), bytes, signature FROM records
       WHERE ${condition} ORDER BY type, account, device, key`,
      ["text", "text", "accountId", "deviceId", "bytes", "hlc", "bytes", "bytes"],
    );
  const ofScope = select("scope = ?");
  const ofType = select("scope = ? AND type = ?");
  const ofScopeSince = select("scope = ? AND arrival >= ?");

  return {
    putRecord: (record) =>
      connection.transaction(() => {
        const { scope, type, account, device, key, hlc, bytes, signature } = record;
        const [by, from] = [idBytes(account), idBytes(device)];
        return put.run(scope, type, by, from, key, hlc, bytes, signature, lastArrival()) === 1;
      }),

    records(scope, type) {
      return (type === undefined ? ofScope.all(scope) : ofType.all(scope, type)).map(toRecord);
    },
    recordsSince: (scope, arrival) => ofScopeSince.all(scope, arrival).map(toRecord),
  };
}

type Row = [string, string, AccountId, DeviceId, Uint8Array, bigint, Uint8Array, Uint8Array];

function toRecord([scope, type, account, device, key, hlc, bytes, signature]: Row): StoredRecord {
  return { scope, account, device, type, key, hlc, bytes, signature };
}
