import { checkCertificate, createAccount } from "@multichat/core";
import { createNodeCrypto, createNodeRandom } from "@multichat/crypto";
import { expect, it } from "vitest";
import { enrol, ownLog, renewDevice } from "./renewal.ts";
import { newDevice } from "../secrets.ts";
import type { Secrets } from "../vault.ts";

const crypto = createNodeCrypto();
const random = createNodeRandom();

/** A device whose phrase was confirmed: its seed is gone. */
function confirmed(): Secrets {
  const device = newDevice(crypto, random);
  const { id, genesis, identitySeed, nextSeed } = createAccount(crypto, random);
  const bare = {
    id,
    name: "Alice",
    genesis,
    identitySeed: null,
    nextSeed,
    log: [],
    certificate: new Uint8Array(0),
    acceptance: new Uint8Array(0),
  };
  return {
    device,
    account: enrol(crypto, bare, device, identitySeed, 1),
    replaces: null,
    spaces: [],
  };
}

function vouchedBy(secrets: Secrets): unknown {
  const checked = checkCertificate(crypto, secrets.account!);
  return checked.ok ? checked.value.by : checked.error;
}

it("a renewal that nobody has heard of is begun anew from the device that still belongs", () => {
  const first = confirmed();
  const second = renewDevice(crypto, random, first, 2);
  const third = renewDevice(crypto, random, second, 3);
  expect(vouchedBy(third)).toEqual({ device: first.device.id });
  expect(third.replaces?.id).toBe(first.device.id);
  const log = ownLog(crypto, third.account!);
  expect([...log.state().devices.keys()].sort()).toEqual([first.device.id, third.device.id].sort());
  expect(log.isGood(third.device.id)).toBe(true);
});

it("once the new device belongs, it is the one to vouch for the next", () => {
  const first = confirmed();
  const second = renewDevice(crypto, random, first, 2);
  const settled: Secrets = { ...second, replaces: { id: first.device.id, signingSeed: null } };
  expect(vouchedBy(renewDevice(crypto, random, settled, 3))).toEqual({ device: second.device.id });
});
