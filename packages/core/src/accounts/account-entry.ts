/** Entries of an account log (spec/02-accounts.md): made here, or opened from the wire and checked as far as one can be alone. */
import {
  type AccountEntry,
  type AccountId,
  type EventId,
  type Hlc,
  type Result,
  compareBytes,
  concat,
  decodeAccountEntry,
  decodeSignedEntry,
  encodeAccountEntry,
  encodeSignedEntry,
  fail,
  idFromBytes,
  labels,
  ok,
  toHex,
} from "@multichat/protocol";
import type { Crypto } from "../ports/index.ts";
import { type CheckedCertificate, type SignedCertificate, checkCertificate } from "./certificate.ts";

export interface LogEntry {
  id: EventId;
  /** The SignedEntry as it travels. */
  bytes: Uint8Array;
  entry: AccountEntry;
  /** Keys whose signatures it bears, in hex. */
  signers: ReadonlySet<string>;
  /** Of a `device.add`: what its certificate says. */
  certified: CheckedCertificate | null;
}

/** Signed by each of these seeds. */
export function signEntry(crypto: Crypto, entry: AccountEntry, seeds: readonly Uint8Array[]): Uint8Array {
  const bytes = encodeAccountEntry(entry);
  const signatures = seeds.map((seed) => ({ key: crypto.publicKey(seed), signature: crypto.sign(seed, entryMessage(bytes)) }));
  return withSignatures(bytes, signatures);
}

/** What a signature of an entry is over. */
export function entryMessage(entry: Uint8Array): Uint8Array {
  return concat(labels.accountEntry, entry);
}

export function withSignatures(entry: Uint8Array, signatures: readonly { key: Uint8Array; signature: Uint8Array }[]): Uint8Array {
  return encodeSignedEntry({ entry, signatures: [...signatures].sort((a, b) => compareBytes(a.key, b.key)) });
}

export interface EntryPlace {
  account: AccountId;
  parents: readonly EventId[];
  hlc: Hlc;
}

/** An encoded `device.add`, to be signed by the certifier and the new device. */
export function deviceAddEntry({ account, parents, hlc }: EntryPlace, { certificate, acceptance }: SignedCertificate): AccountEntry {
  return { account, parents: [...parents], hlc, body: { type: "device.add", certificate, acceptance } };
}

export function openEntry(crypto: Crypto, bytes: Uint8Array): Result<LogEntry> {
  const signed = decodeSignedEntry(bytes);
  if (!signed.ok) return signed;
  const entry = decodeAccountEntry(signed.value.entry);
  if (!entry.ok) return entry;
  const message = entryMessage(signed.value.entry);
  if (!signed.value.signatures.every(({ key, signature }) => crypto.verify(key, message, signature))) return fail("account entry: wrong signature");
  const signers = new Set(signed.value.signatures.map(({ key }) => toHex(key)));
  const { body } = entry.value;
  let certified: CheckedCertificate | null = null;
  if (body.type === "device.add") {
    const checked = checkCertificate(crypto, body);
    if (!checked.ok) return checked;
    certified = checked.value;
    if (certified.account !== entry.value.account) return fail("account entry: a certificate of another account");
    if (!signers.has(certified.byKey) || !signers.has(certified.device)) return fail("account entry: not signed by the certifier and the device");
  }
  if (body.type === "key.rotate" && !signers.has(toHex(body.identityKey))) return fail("account entry: not signed by the new identity key");
  const id = idFromBytes<EventId>(crypto.sha256(message));
  return ok({ id, bytes, entry: entry.value, signers, certified });
}
