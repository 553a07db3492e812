/** Linking this device to an account, on the new device (spec/09-devices.md, Linking a device). */
import {
  acceptCertificate,
  accountId,
  emojiOf,
  entryMessage,
  linkCommitment,
  linkProof,
  sameBytes,
  withSignatures,
} from "@multichat/core";
import type { Clock, Crypto, Random } from "@multichat/core/ports";
import type { ErrorCode, Linking } from "@multichat/client/contract";
import {
  type DeviceId,
  type DeviceStep,
  type DeviceSteps,
  type LinkCode,
  type SharedSpace,
  decodeAccountEntry,
  decodeCertificateBody,
  decodeLinkCode,
  idToBytes,
} from "@multichat/protocol";
import { Failure } from "../../failure.ts";
import { ownLog } from "../renewal.ts";
import type { AccountKeys, DeviceKeys } from "../../vault.ts";
import { createTalk } from "./talk.ts";

export interface NewSide {
  confirm(same: boolean): Linking;
  cancel(): void;
  current(): Linking;
  greeted(device: DeviceId): void;
  step(from: DeviceId, step: DeviceStep): void;
  lost(device: DeviceId, why: string): void;
}

const refusals: Readonly<Record<string, [error: ErrorCode, detail: string]>> = {
  "code-unknown": [
    "code-unknown",
    "The other device does not know this code. Make a new one there.",
  ],
  "code-expired": ["code-expired", "This code has expired. Make a new one on the other device."],
  "code-used": [
    "code-used",
    "This code has been used already. If that was not you, say no on the other device, and make a new one.",
  ],
  declined: ["declined", "The other device stopped. Nothing was passed on."],
};

export function readLinkCode(crypto: Crypto, text: string): LinkCode {
  const code = decodeLinkCode(text, (bytes) => crypto.sha256(bytes));
  if (!code.ok)
    throw new Failure(
      "code-garbled",
      `This is not a whole device code (${code.error.replace("link code: ", "")}). Copy it again, from the first to the last character.`,
    );
  return code.value;
}

export function createNewSide(
  deps: {
    crypto: Crypto;
    random: Random;
    clock: Clock;
    device: DeviceKeys;
    reach(device: DeviceId, addresses: readonly string[]): void;
    send(device: DeviceId, step: DeviceStep): void;
    /** This device belongs to the account: written down before the other is told so. */
    keep(account: AccountKeys, spaces: SharedSpace[]): void;
    /** The other was told. */
    linked(): void;
    changed(linking: Linking): void;
  },
  params: { code: string; name: string },
): NewSide {
  const { crypto, random, device } = deps;
  const code = readLinkCode(crypto, params.code);
  if (code.expires <= deps.clock.now())
    throw new Failure("code-expired", refusals["code-expired"]![1]);
  const nonce = random.bytes(32);
  const agreementKey = crypto.agreementPublicKey(device.agreementKey);
  const commitment = linkCommitment(crypto, nonce, agreementKey);
  let offered: DeviceSteps["offer"] | null = null;
  const request: DeviceStep = {
    step: "request",
    value: {
      proof: linkProof(crypto, {
        existing: code.device,
        new: device.id,
        secret: code.secret,
        commitment,
      }),
      commitment,
      name: params.name,
    },
  };
  let linking: Linking = {
    side: "new",
    step: "connecting",
    code: null,
    expires: code.expires,
    emoji: null,
    other: null,
    error: null,
    detail: "Looking for the other device. It must be on, with Multichat open.",
  };
  /** What a person is told while there is a link. */
  let { detail } = linking;
  const talk = createTalk({
    clock: deps.clock,
    send: (step) => deps.send(code.device, step),
    changed: () => change({}),
    // Told for when it comes back all the same.
    gaveUp: () =>
      giveUp(
        "declined",
        "no-member-reachable",
        "The connection to the other device was lost. Make a new code there and try again.",
      ),
  });
  const cancelTimer = deps.clock.after(code.expires - deps.clock.now(), () => {
    if (linking.step === "connecting") fail("code-expired", refusals["code-expired"]![1]);
  });

  function change(next: Partial<Linking>): void {
    detail = next.detail ?? detail;
    linking = { ...linking, ...next, detail: talk.detail(detail) };
    deps.changed(linking);
  }

  function isOver(): boolean {
    return linking.step === "done" || linking.step === "failed";
  }

  function fail(error: ErrorCode, why: string): void {
    if (isOver()) return;
    cancelTimer();
    talk.end();
    change({ step: "failed", error, detail: why });
  }

  /** Ends it, and tells the other device so. */
  function giveUp(code: string, error: ErrorCode, why: string): void {
    if (isOver()) return;
    fail(error, why);
    talk.say({ step: "refusal", value: { code } });
  }

  function onChallenge(value: DeviceSteps["challenge"]): void {
    if (linking.step !== "connecting") return;
    talk.answered();
    talk.say({ step: "reveal", value: { nonce, agreementKey } });
    const transcript = {
      existing: code.device,
      new: device.id,
      secret: code.secret,
      nonceExisting: value.nonce,
      nonceNew: nonce,
      agreementKey,
    };
    change({
      step: "confirm",
      emoji: emojiOf(crypto, transcript),
      detail: "Does the other device show the same seven pictures?",
    });
  }

  /** Signs only what makes exactly this device one of the account that is offered. */
  function onOffer(value: DeviceSteps["offer"]): void {
    if (linking.step !== "confirmed") return;
    const body = decodeCertificateBody(value.body);
    const fits =
      body.ok &&
      body.value.account === accountId(crypto, value.genesis) &&
      body.value.device === device.id &&
      sameBytes(body.value.agreementKey, agreementKey) &&
      sameBytes(body.value.by, idToBytes(code.device));
    if (!fits) return refuse();
    offered = value;
    change({ step: "transferring", detail: "Fetching your account." });
    talk.answered();
    talk.say({
      step: "accept",
      value: { acceptance: acceptCertificate(crypto, device.signingSeed, value.body) },
    });
  }

  function onPackage({
    name,
    nextSeed,
    log,
    entry,
    signature,
    spaces,
  }: DeviceSteps["package"]): void {
    if (offered === null || isOver()) return;
    const decoded = decodeAccountEntry(entry);
    if (!decoded.ok || decoded.value.body.type !== "device.add") return refuse();
    const { certificate, acceptance } = decoded.value.body;
    const own = crypto.sign(device.signingSeed, entryMessage(entry));
    const added = withSignatures(entry, [
      { key: idToBytes(code.device), signature },
      { key: idToBytes(device.id), signature: own },
    ]);
    const account: AccountKeys = {
      id: accountId(crypto, offered.genesis),
      name,
      genesis: offered.genesis,
      identitySeed: null,
      nextSeed,
      certificate,
      acceptance,
      log: [...log, added],
    };
    if (!ownLog(crypto, account).isGood(device.id)) return refuse();
    deps.keep(account, spaces);
    cancelTimer();
    talk.end();
    deps.send(code.device, { step: "done", value: { signature: own } });
    change({
      step: "done",
      other: name,
      detail: `This is now a device of ${name}. Everything is being fetched.`,
    });
    deps.linked();
  }

  function refuse(): void {
    giveUp(
      "malformed",
      "internal",
      "The other device sent something that does not fit. Update Multichat on both and try again.",
    );
  }

  deps.reach(code.device, code.addresses);

  return {
    confirm(same) {
      if (linking.step !== "confirm")
        throw new Failure("not-found", "There is nothing to confirm.");
      if (same) {
        change({ step: "confirmed", detail: "Now confirm on the other device." });
        talk.say({ step: "agreed", value: {} });
      } else {
        giveUp(
          "declined",
          "declined",
          "The pictures were not the same, so nothing was passed on. Make a new code on the other device.",
        );
      }
      return linking;
    },
    cancel() {
      giveUp("declined", "declined", "Stopped.");
    },
    current: () => linking,
    greeted(greeted) {
      if (greeted !== code.device) return;
      if (linking.step === "connecting") {
        change({ detail: "The other device answered." });
        talk.answered();
        talk.say(request);
      } else talk.back();
    },
    step(from, { step, value }) {
      if (from !== code.device) return;
      if (step === "challenge") onChallenge(value);
      else if (step === "offer") onOffer(value);
      else if (step === "package") onPackage(value);
      else if (step === "refusal") fail(...(refusals[value.code] ?? refusals["declined"]!));
    },
    lost(lost, why) {
      if (lost !== code.device || isOver()) return;
      if (linking.step === "connecting")
        change({
          detail: `The other device is not reached yet (${why}). It must be on, with Multichat open, and this computer able to reach it. Still trying.`,
        });
      else talk.lost();
    },
  };
}
