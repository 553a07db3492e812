/** Going on as a new device (spec/02-accounts.md): the old one certifies it, and nothing of the old is continued. */
import {
  type AccountLog,
  certifyDevice,
  createAccountLog,
  deviceAddEntry,
  signEntry,
} from "@multichat/core";
import type { Crypto, Random } from "@multichat/core/ports";
import { nextHlc } from "@multichat/protocol";
import { Failure } from "../failure.ts";
import { newDevice } from "../secrets.ts";
import type { AccountKeys, DeviceKeys, Secrets } from "../vault.ts";

/** The secrets to go on with. @throws Failure when there is no account to continue */
export function renewDevice(
  crypto: Crypto,
  random: Random,
  secrets: Secrets,
  now: number,
): Secrets {
  const { account, device: old } = secrets;
  if (account === null) throw new Failure("no-account", "There is no account here yet.");
  const device = newDevice(crypto, random);
  // A renewal that nobody has heard of yet is begun anew: who does not belong cannot vouch.
  const pending = secrets.replaces;
  const standing =
    pending?.signingSeed != null ? { id: pending.id, signingSeed: pending.signingSeed } : old;
  const log = ownLog(crypto, account);
  // What such a renewal added was never seen either.
  const known = log
    .entries()
    .filter(({ certified }) => standing.id === old.id || certified?.device !== old.id);
  const renewed = enrol(
    crypto,
    { ...account, log: known.map(({ bytes }) => bytes) },
    device,
    account.identitySeed ?? standing.signingSeed,
    now,
  );
  return {
    device,
    account: renewed,
    replaces: { id: standing.id, signingSeed: standing.signingSeed },
    spaces: secrets.spaces,
  };
}

/** The account with a new device of its own: certified, and added to its log. */
export function enrol(
  crypto: Crypto,
  account: AccountKeys,
  device: DeviceKeys,
  bySeed: Uint8Array,
  now: number,
): AccountKeys {
  const { id, genesis } = account;
  const log = ownLog(crypto, account);
  const hlc = nextHlc(
    now,
    log.entries().map(({ entry }) => entry.hlc),
  );
  const { rotations } = log.state();
  const certified = certifyDevice(crypto, { account: id, genesis, rotations, device, bySeed, hlc });
  const entry = deviceAddEntry({ account: id, parents: log.heads(), hlc }, certified);
  const added = signEntry(crypto, entry, [bySeed, device.signingSeed]);
  return { ...account, ...certified, log: [...account.log, added] };
}

export function ownLog(
  crypto: Crypto,
  { id, genesis, log }: Pick<AccountKeys, "id" | "genesis" | "log">,
): AccountLog {
  const held = createAccountLog(crypto, id, genesis);
  for (const entry of log) held.add(entry);
  return held;
}
