/** Answering who recovers an account from its words (spec/09-devices.md, Recovery from the phrase): the asked side. */
import { accountId, createAccountLog } from "@multichat/core";
import type { Crypto } from "@multichat/core/ports";
import {
  type AccountId,
  type DeviceId,
  type DeviceStep,
  type DeviceSteps,
  type SharedSpace,
  decodeCertificate,
  toHex,
} from "@multichat/protocol";
import type { AccountLogs } from "./account-logs.ts";
import { lookupMessage } from "./recovery.ts";
import type { Space, Spaces } from "../joining/spaces.ts";

/** Whoever holds the identity key may enter where the account belongs, so this tells no more than that. */
export function answerLookup(
  deps: {
    crypto: Crypto;
    self: DeviceId;
    account: { id: AccountId; genesis: Uint8Array };
    logs: AccountLogs;
    spaces: Spaces;
    nameOf(account: AccountId): string;
    /** Of a space both are in; all of the own account's. */
    shared(space: Space): SharedSpace;
    all(): SharedSpace[];
  },
  from: DeviceId,
  { identityKey, signature }: DeviceSteps["lookup"],
): DeviceStep {
  const { crypto, logs, spaces, account } = deps;
  const refusal = (code: string): DeviceStep => ({ step: "refusal", value: { code } });
  if (!crypto.verify(identityKey, lookupMessage(from, deps.self), signature))
    return refusal("account-unknown");
  const key = toHex(identityKey);
  const candidates = new Set<AccountId>([account.id]);
  for (const space of spaces.shared())
    for (const member of space.replica.state()?.members.keys() ?? []) candidates.add(member);
  let former = false;
  for (const id of candidates) {
    const genesis = id === account.id ? account.genesis : genesisOf(id);
    if (genesis === null) continue;
    const log = logs.of(id) ?? createAccountLog(crypto, id, genesis);
    const state = log.state();
    former ||= state.formerKeys.includes(key);
    if (state.identityKey !== key) continue;
    const both = [...spaces.shared()].filter(
      (space) => space.row.state === "member" && space.replica.state()?.members.has(id),
    );
    const told = id === account.id ? deps.all() : both.map(deps.shared);
    return {
      step: "found",
      value: {
        name: deps.nameOf(id),
        genesis,
        log: log.entries().map(({ bytes }) => bytes),
        spaces: told.slice(0, 64),
      },
    };
  }
  return refusal(former ? "phrase-replaced" : "account-unknown");

  /** Every certificate in a control log carries it. */
  function genesisOf(id: AccountId): Uint8Array | null {
    for (const space of spaces.shared()) {
      for (const { control } of space.replica.log.events()) {
        if (
          control === null ||
          !("certificate" in control.payload) ||
          control.payload.account !== id
        )
          continue;
        const certificate = decodeCertificate(control.payload.certificate);
        if (certificate.ok && accountId(crypto, certificate.value.genesis) === id)
          return certificate.value.genesis;
      }
    }
    return null;
  }
}
