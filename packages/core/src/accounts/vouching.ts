/**
 * The line of certificates from the identity key to a device that another device of the account certified: what a space that
 * knows none of them must see before it (spec/04-control.md, Joining).
 */
import type { DeviceId } from "@multichat/protocol";
import type { Crypto } from "../ports/index.ts";
import { openEntry } from "./account-entry.ts";
import { type SignedCertificate, checkCertificate } from "./certificate.ts";

export interface Voucher extends SignedCertificate {
  device: DeviceId;
}

/** Of the devices before this one, the one that the identity key certified first. @param entries of the account log, encoded */
export function vouchersOf(crypto: Crypto, own: SignedCertificate, entries: readonly Uint8Array[]): Voucher[] {
  const added = new Map<DeviceId, Voucher>();
  for (const bytes of entries) {
    const opened = openEntry(crypto, bytes);
    if (!opened.ok || opened.value.entry.body.type !== "device.add" || opened.value.certified === null) continue;
    const { certificate, acceptance } = opened.value.entry.body;
    const { device } = opened.value.certified;
    added.set(device, { device, certificate, acceptance });
  }
  const line: Voucher[] = [];
  for (let last: SignedCertificate | undefined = own; last !== undefined; ) {
    const checked = checkCertificate(crypto, last);
    const next: Voucher | undefined = checked.ok && "device" in checked.value.by ? added.get(checked.value.by.device) : undefined;
    if (next === undefined || line.includes(next)) break;
    line.unshift(next);
    last = next;
  }
  return line;
}
