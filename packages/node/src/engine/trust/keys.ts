/** The keys of accounts: by their logs, and by the certificates that the control logs of shared spaces hold (spec/02-accounts.md). */
import type { AccountId, DeviceId } from "@multichat/protocol";
import { decodeAccountEntry, decodeAccountGenesis, decodeCertificate, decodeCertificateBody, toHex } from "@multichat/protocol";
import type { AccountLogs } from "../accounts/account-logs.ts";
import type { Space, Spaces } from "../joining/spaces.ts";

export interface AccountKeyring {
  /** The identity key in force, in hex; null if nothing is known of the account. */
  identityKey(account: AccountId): string | null;
  /** Those that were replaced, in hex, as far as its log is here. */
  formerKeys(account: AccountId): readonly string[];
  /** Agreement keys of the devices that the account has in a space. */
  agreementKeys(space: Space, account: AccountId): Map<DeviceId, Uint8Array>;
}

interface Certified {
  device: DeviceId;
  agreementKey: Uint8Array;
  identityKey: string;
  /** How often the identity key was replaced before. */
  rotations: number;
}

export function createAccountKeyring({ spaces, logs }: { spaces: Spaces; logs: Pick<AccountLogs, "of"> }): AccountKeyring {
  function* certificates(space: Space, account: AccountId): Generator<Certified> {
    const state = space.replica.state();
    for (const device of state?.members.get(account)?.devices ?? []) {
      for (const { event } of state!.bindingsOf.get(device) ?? []) {
        const control = space.replica.log.get(event)?.control;
        if (control == null || !("certificate" in control.payload)) continue;
        const certified = readCertificate(control.payload.certificate);
        if (certified !== null) yield certified;
      }
    }
  }

  return {
    identityKey(account) {
      let latest: Certified | null = null;
      for (const space of spaces.shared()) {
        for (const one of certificates(space, account)) if (latest === null || one.rotations > latest.rotations) latest = one;
      }
      const logged = logs.of(account)?.state();
      return logged !== undefined && logged.rotations.length >= (latest?.rotations ?? 0) ? logged.identityKey : (latest?.identityKey ?? null);
    },
    formerKeys: (account) => logs.of(account)?.state().formerKeys ?? [],
    agreementKeys: (space, account) => new Map([...certificates(space, account)].map(({ device, agreementKey }) => [device, agreementKey])),
  };
}

/** Certificates in a control log were checked when they were taken: here they are only read. */
function readCertificate(bytes: Uint8Array): Certified | null {
  const certificate = decodeCertificate(bytes);
  if (!certificate.ok) return null;
  const { genesis, rotations, body } = certificate.value;
  const first = decodeAccountGenesis(genesis);
  const certified = decodeCertificateBody(body);
  if (!first.ok || !certified.ok) return null;
  let { identityKey } = first.value;
  for (const { entry } of rotations) {
    const rotated = decodeAccountEntry(entry);
    if (rotated.ok && rotated.value.body.type === "key.rotate") identityKey = rotated.value.body.identityKey;
  }
  return { device: certified.value.device, agreementKey: certified.value.agreementKey, identityKey: toHex(identityKey), rotations: rotations.length };
}
