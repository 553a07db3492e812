/** The record types of spec/07-records-and-invites.md: what the value and the key of each must be. */
import { decodeSignedEntry } from "./account.ts";
import { decodeIntroduction } from "./introduction.ts";
import { decodeAvatar, decodeProfile } from "./profile.ts";
import { decodeOwnValue } from "./own-value.ts";
import { type RecordBody, decodeAck, decodeAddresses } from "./record.ts";
import { decodeReadMark } from "./read-mark.ts";
import type { Result } from "./result.ts";
import { decodeReport, decodeReportDone } from "./report.ts";
import { decodeRootApprovals, decodeRootRequest } from "./root-request.ts";
import { decodeStatus } from "./status.ts";
import { decodeVouch } from "./vouch.ts";

interface RecordType {
  /** Of which scope it is. */
  of: "account" | "space";
  keyBytes: number;
  decode(value: Uint8Array): Result<unknown>;
}

const types: ReadonlyMap<string, RecordType> = new Map<string, RecordType>([
  ["profile", { of: "account", keyBytes: 0, decode: decodeProfile }],
  ["avatar", { of: "account", keyBytes: 0, decode: decodeAvatar }],
  ["status", { of: "account", keyBytes: 0, decode: decodeStatus }],
  ["read", { of: "space", keyBytes: 32, decode: decodeReadMark }],
  ["addresses", { of: "account", keyBytes: 0, decode: decodeAddresses }],
  ["account-entry", { of: "account", keyBytes: 32, decode: decodeSignedEntry }],
  ["own", { of: "space", keyBytes: 32, decode: decodeOwnValue }],
  ["ack", { of: "space", keyBytes: 32, decode: decodeAck }],
  ["vouch", { of: "space", keyBytes: 32, decode: decodeVouch }],
  ["report", { of: "space", keyBytes: 32, decode: decodeReport }],
  ["report-done", { of: "space", keyBytes: 32, decode: decodeReportDone }],
  ["root-request", { of: "space", keyBytes: 0, decode: decodeRootRequest }],
  ["root-approval", { of: "space", keyBytes: 32, decode: decodeRootApprovals }],
  ["introduction", { of: "space", keyBytes: 32, decode: decodeIntroduction }],
]);

/** Why a record is not as its type says, or null. Of an unknown type anything may be said. */
export function recordProblem({ type, scope, account, key, value }: RecordBody): string | null {
  const known = types.get(type);
  if (known === undefined) return null;
  if ((known.of === "account") !== (scope === account)) return `${type}: for another scope`;
  if (key.length !== known.keyBytes) return `${type}: with another key`;
  const read = known.decode(value);
  return read.ok ? null : read.error;
}
