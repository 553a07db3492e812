/** Going on as a new device (spec/02-accounts.md): the old one certifies it, and nothing of the old is continued. */
import { certifyDevice } from "@multichat/core";
import type { Crypto, Random } from "@multichat/core/ports";
import { hlcAt } from "@multichat/protocol";
import { Failure } from "./failure.ts";
import { newDevice } from "./secrets.ts";
import type { Secrets } from "./vault.ts";

/** The secrets to go on with. @throws Failure when there is no account to continue */
export function renewDevice(crypto: Crypto, random: Random, secrets: Secrets, now: number): Secrets {
  const { account, device: old } = secrets;
  if (account === null) throw new Failure("no-account", "There is no account here yet.");
  const device = newDevice(crypto, random);
  // A renewal that nobody has heard of yet is begun anew: who does not belong cannot vouch.
  const pending = secrets.replaces;
  const standing = pending?.signingSeed != null ? { id: pending.id, signingSeed: pending.signingSeed } : old;
  const certified = certifyDevice(crypto, {
    account: account.id,
    genesis: account.genesis,
    device: { signingSeed: device.signingSeed, agreementKey: device.agreementKey },
    bySeed: account.identitySeed ?? standing.signingSeed,
    hlc: hlcAt(now),
  });
  return { device, account: { ...account, ...certified }, replaces: { id: standing.id, signingSeed: standing.signingSeed }, spaces: secrets.spaces };
}
