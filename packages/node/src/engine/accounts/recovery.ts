/** Recovering an account from its 24 words (spec/09-devices.md, Recovery from the phrase): on the new device, and on who is asked. */
import { createAccountLog, accountId, readPhrase } from "@multichat/core";
import type { Clock, Crypto } from "@multichat/core/ports";
import type { Recovery, WordsCheck } from "@multichat/client/contract";
import {
  type DeviceId,
  type DeviceStep,
  type DeviceSteps,
  type SharedSpace,
  concat,
  decodeInviteLink,
  decodeLinkCode,
  deviceOfPeerId,
  encode,
  idToBytes,
  labels,
  toHex,
} from "@multichat/protocol";
import { Failure } from "../failure.ts";
import { enrol } from "./renewal.ts";
import type { AccountKeys, DeviceKeys } from "../vault.ts";

export interface RecoverySide {
  confirm(): Recovery;
  cancel(): void;
  current(): Recovery;
  greeted(device: DeviceId): void;
  step(from: DeviceId, step: DeviceStep): void;
  lost(device: DeviceId, why: string): void;
  discovered(device: DeviceId, addresses: string[]): void;
}

/** What is wrong with words that are no phrase, in a sentence. */
export function checkWords(words: readonly string[]): WordsCheck {
  const read = readPhrase(words);
  if (read.ok)
    return {
      ok: true,
      unlisted: [],
      corrections: [],
      detail: "These are 24 words that fit together.",
    };
  const { unlisted, corrections, count } = read;
  return { ok: false, unlisted, corrections, detail: said() };

  function said(): string {
    const [first] = unlisted;
    if (first !== undefined) {
      const meant =
        first.suggestions.length === 0
          ? ""
          : ` Did you mean ${first.suggestions.map((word) => `"${word}"`).join(" or ")}?`;
      return `Word ${first.position + 1}, "${first.word}", is none of the words in the list.${meant}`;
    }
    if (count !== 24) return `There are ${count} words; a recovery phrase has 24.`;
    const [one] = corrections;
    if (one === undefined)
      return "All words are in the list, but they do not fit together. Compare each with what you wrote down, and their order.";
    return `All words are in the list, but they do not fit together. Perhaps word ${one.position + 1} is "${one.instead}" and not "${one.word}".`;
  }
}

/** @throws Failure `phrase-invalid` */
export function seedOfWords(words: readonly string[]): Uint8Array {
  const read = readPhrase(words);
  if (!read.ok) throw new Failure("phrase-invalid", checkWords(words).detail);
  return read.seed;
}

/** What the identity key signs to be told of its account. */
export function lookupMessage(asking: DeviceId, asked: DeviceId): Uint8Array {
  return concat(labels.recovery, encode([idToBytes(asking), idToBytes(asked)]));
}

type Target = { device: DeviceId; addresses: string[] };

/** Whom to ask, by what the person gave. @throws Failure */
function targetsOf(crypto: Crypto, via: string): Target[] {
  const text = via.trim();
  const sha256 = (bytes: Uint8Array): Uint8Array => crypto.sha256(bytes);
  const invite = decodeInviteLink(text, sha256);
  if (invite.ok) return invite.value.peers;
  const code = decodeLinkCode(text, sha256);
  if (code.ok) return [code.value];
  const [, address, peer] = /^(\/.+)\/p2p\/([1-9A-HJ-NP-Za-km-z]+)$/.exec(text) ?? [];
  const device = peer === undefined ? null : deviceOfPeerId(peer);
  if (device !== null) return [{ device, addresses: [address!] }];
  throw new Failure(
    "bad-request",
    "This is neither an invite link, nor a device code, nor an address that ends with /p2p/ and a device.",
  );
}

export function createRecovery(
  deps: {
    crypto: Crypto;
    clock: Clock;
    device: DeviceKeys;
    now(): number;
    reach(device: DeviceId, addresses: readonly string[]): void;
    send(device: DeviceId, step: DeviceStep): void;
    recovered(account: AccountKeys, spaces: SharedSpace[]): void;
    changed(recovery: Recovery): void;
  },
  params: { words: readonly string[]; via?: string },
): RecoverySide {
  const { crypto, device } = deps;
  const seed = seedOfWords(params.words);
  const identityKey = crypto.publicKey(seed);
  let found: { bare: AccountKeys; spaces: SharedSpace[] } | null = null;
  let recovery: Recovery = {
    step: "finding",
    account: null,
    spaces: 0,
    error: null,
    detail:
      params.via === undefined
        ? "Asking devices on this network."
        : "Looking for somebody who knows this account.",
  };

  function change(next: Partial<Recovery>): void {
    recovery = { ...recovery, ...next };
    deps.changed(recovery);
  }

  function onFound({ name, genesis, log, spaces }: DeviceSteps["found"]): void {
    const id = accountId(crypto, genesis);
    const held = createAccountLog(crypto, id, genesis);
    for (const entry of log) held.add(entry);
    if (held.state().identityKey !== toHex(identityKey)) return;
    if (found !== null) {
      // Others who know the same account may know of more spaces.
      if (found.bare.id !== id) return;
      const more = spaces.filter((space) => !found!.spaces.some((known) => known.id === space.id));
      found.spaces.push(...more);
      for (const entry of log)
        if (!found.bare.log.some((known) => toHex(known) === toHex(entry)))
          found.bare.log.push(entry);
      return change({ spaces: found.spaces.length });
    }
    const none = new Uint8Array(0);
    const bare: AccountKeys = {
      id,
      name,
      genesis,
      identitySeed: null,
      nextSeed: null,
      certificate: none,
      acceptance: none,
      log: [...log],
    };
    found = { bare, spaces: [...spaces] };
    change({
      step: "found",
      account: { id, name },
      spaces: spaces.length,
      error: null,
      detail: `These words belong to ${name}. Go on as a new device of this account?`,
    });
  }

  for (const target of params.via === undefined ? [] : targetsOf(crypto, params.via))
    deps.reach(target.device, target.addresses);

  return {
    confirm() {
      if (recovery.step !== "found" || found === null)
        throw new Failure("not-found", "No account has been found yet.");
      const account = enrol(crypto, found.bare, device, seed, deps.now());
      change({ step: "done", detail: `You are ${account.name}. Everything is being fetched.` });
      deps.recovered(account, found.spaces);
      return recovery;
    },
    cancel() {
      if (recovery.step !== "done")
        change({ step: "failed", error: "declined", detail: "Stopped." });
    },
    current: () => recovery,
    greeted(asked) {
      if (recovery.step !== "finding" && recovery.step !== "found") return;
      const signature = crypto.sign(seed, lookupMessage(device.id, asked));
      deps.send(asked, { step: "lookup", value: { identityKey, signature } });
    },
    step(_from, { step, value }) {
      if (recovery.step !== "finding" && recovery.step !== "found") return;
      if (step === "found") onFound(value);
      else if (step === "refusal" && recovery.step === "finding") {
        if (value.code === "phrase-replaced")
          change({
            error: "phrase-replaced",
            detail: "This phrase was replaced by a newer one. Use the newer words.",
          });
        else
          change({
            error: "account-unknown",
            detail:
              "The device that answered does not know this account. It must share a workspace with you. Still looking.",
          });
      }
    },
    lost(_device, why) {
      if (recovery.step === "finding")
        change({ detail: `Nobody who knows this account is reached yet (${why}). Still trying.` });
    },
    discovered(other, addresses) {
      if (params.via === undefined && other !== device.id) deps.reach(other, addresses);
    },
  };
}
