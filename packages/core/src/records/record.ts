/** Signed records (spec/07-records-and-invites.md): made here, or opened from the wire and checked. */
import {
  type RecordBody,
  type Result,
  type SignedRecord,
  concat,
  decodeRecord,
  encodeRecord,
  fail,
  idToBytes,
  labels,
  ok,
} from "@multichat/protocol";
import type { Crypto, StoredRecord } from "../ports/index.ts";

export function signRecord(crypto: Crypto, seed: Uint8Array, record: RecordBody): StoredRecord {
  const bytes = encodeRecord(record);
  return stored(record, { record: bytes, signature: crypto.sign(seed, concat(labels.record, bytes)) });
}

export function openRecord(crypto: Crypto, signed: SignedRecord): Result<StoredRecord> {
  const record = decodeRecord(signed.record);
  if (!record.ok) return record;
  if (!crypto.verify(idToBytes(record.value.device), concat(labels.record, signed.record), signed.signature)) {
    return fail("record: wrong signature");
  }
  return ok(stored(record.value, signed));
}

function stored({ scope, account, device, type, key, hlc }: RecordBody, signed: SignedRecord): StoredRecord {
  return { scope, account, device, type, key, hlc, bytes: signed.record, signature: signed.signature };
}
