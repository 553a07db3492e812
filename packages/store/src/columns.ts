/**
 * What comes out of the database, checked: one flipped bit can turn a number into a blob, whatever type the table declares, and
 * SQLite hands it out without a word.
 */
import {
  type AccountId,
  type BlobId,
  type ChannelId,
  type DeviceId,
  type EventId,
  idLength,
  type SpaceId,
} from "@multichat/protocol";
import { idText } from "./id-bytes.ts";
import { damaged } from "./sqlite-error.ts";

interface ColumnTypes {
  integer: number;
  "integer?": number | null;
  /** An hlc or display time. It does not fit a JavaScript number, so select it as `CAST(… AS TEXT)`. */
  hlc: bigint;
  text: string;
  "text?": string | null;
  bytes: Uint8Array;
  "bytes?": Uint8Array | null;
  eventId: EventId;
  channelId: ChannelId;
  spaceId: SpaceId;
  deviceId: DeviceId;
  accountId: AccountId;
  blobId: BlobId;
}

export type Column = keyof ColumnTypes;
export type RowOf<Columns extends readonly Column[]> = {
  -readonly [At in keyof Columns]: ColumnTypes[Columns[At]];
};

/** @throws StoreError `damaged` if a value is not of its column's type */
export function toRow<Columns extends readonly Column[]>(
  values: unknown[],
  columns: Columns,
): RowOf<Columns> {
  for (let at = 0; at < columns.length; at++) values[at] = toValue(values[at], columns[at]!);
  return values as RowOf<Columns>;
}

function toValue(value: unknown, column: Column): unknown {
  switch (column) {
    case "integer":
    case "integer?":
      if (typeof value === "number" || (value === null && column === "integer?")) return value;
      break;
    case "text":
    case "text?":
      if (typeof value === "string" || (value === null && column === "text?")) return value;
      break;
    case "hlc":
      if (typeof value === "string" && digits.test(value)) return BigInt(value);
      break;
    case "bytes":
    case "bytes?":
      if (value instanceof Uint8Array || (value === null && column === "bytes?")) return value;
      break;
    case "eventId":
    case "channelId":
    case "spaceId":
    case "deviceId":
    case "accountId":
    case "blobId":
      if (value instanceof Uint8Array && value.length === idLength) return idText(value);
      break;
  }
  throw damaged("the database file is damaged: a value is not what its table says");
}

const digits = /^\d{1,19}$/;
