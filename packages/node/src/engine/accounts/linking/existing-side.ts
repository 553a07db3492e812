/** Linking a new device, on the one that is there already (spec/09-devices.md, Linking a device). */
import {
  type AccountLog,
  emojiOf,
  entryMessage,
  linkCommitment,
  linkProof,
  sameBytes,
} from "@multichat/core";
import type { Clock, Crypto, Random } from "@multichat/core/ports";
import type { Linking } from "@multichat/client/contract";
import {
  type DeviceId,
  type DeviceStep,
  type DeviceSteps,
  type SharedSpace,
  encodeLinkCode,
  idToBytes,
  limits,
} from "@multichat/protocol";
import { Failure } from "../../failure.ts";
import type { AccountKeys, DeviceKeys } from "../../vault.ts";
import { fitting } from "./fitting-spaces.ts";
import { type Talk, createTalk } from "./talk.ts";
import { type OwnSigned, createVouching } from "./vouching.ts";

/** Long enough to fetch the other device, short enough that a photographed code is soon worthless. */
const codeMs = 10 * 60_000;
/** A new device that was sent everything may take this long to say so. */
const doneMs = 30_000;

export interface ExistingSide {
  start(): Linking;
  confirm(same: boolean): Linking;
  cancel(): void;
  current(): Linking | null;
  /** This device was greeted, perhaps over another link than before. */
  greeted(device: DeviceId): void;
  step(from: DeviceId, step: DeviceStep): void;
  unlinked(device: DeviceId): void;
  /** The account log grew: the new device's entry may have come another way. */
  settle(): void;
  /** Whether this device has to do with a linking under way. */
  concerns(device: DeviceId): boolean;
  stop(): void;
}

interface Exchange {
  linking: Linking;
  /** What a person is told while there is a link. */
  detail: string;
  secret: Uint8Array;
  /** From the first right proof on. */
  peer: NewDevice | null;
  confirmed: boolean;
  /** The body offered; then the `device.add` and this device's signature over it. */
  body: Uint8Array | null;
  entry: OwnSigned | null;
  cancelTimer: () => void;
}

interface NewDevice {
  device: DeviceId;
  talk: Talk;
  commitment: Uint8Array;
  name: string;
  nonce: Uint8Array;
  agreementKey: Uint8Array | null;
  agreed: boolean;
}

export function createExistingSide(deps: {
  crypto: Crypto;
  random: Random;
  clock: Clock;
  device: DeviceKeys;
  account(): Pick<AccountKeys, "id" | "name" | "genesis" | "nextSeed">;
  log: AccountLog;
  now(): number;
  addresses(): string[];
  send(device: DeviceId, step: DeviceStep): void;
  /** Where the account is; makes the self space if there is none. */
  spaces(): SharedSpace[];
  /** The new device has everything, and signed its entry. */
  linked(device: DeviceId, entry: Uint8Array): void;
  changed(linking: Linking): void;
  stopped(): string | null;
}): ExistingSide {
  const { crypto, random, clock, device, log } = deps;
  const vouching = createVouching(deps);
  let exchange: Exchange | null = null;

  function change(one: Exchange, next: Partial<Linking>): void {
    one.detail = next.detail ?? one.detail;
    const detail = one.peer?.talk.detail(one.detail) ?? one.detail;
    one.linking = { ...one.linking, ...next, detail };
    deps.changed(one.linking);
  }

  function isOver({ linking }: Exchange): boolean {
    return linking.step === "done" || linking.step === "failed";
  }

  function fail(one: Exchange, error: Linking["error"], detail: string): void {
    if (isOver(one)) return;
    end(one);
    change(one, { step: "failed", code: null, error, detail });
  }

  function end(one: Exchange): void {
    one.cancelTimer();
    one.peer?.talk.end();
  }

  function refuse(to: DeviceId, code: string): void {
    deps.send(to, { step: "refusal", value: { code } });
  }

  function onRequest(from: DeviceId, { proof, commitment, name }: DeviceSteps["request"]): void {
    const one = exchange;
    if (one === null) return refuse(from, "code-unknown");
    const right = linkProof(crypto, {
      existing: device.id,
      new: from,
      secret: one.secret,
      commitment,
    });
    if (!sameBytes(right, proof)) return refuse(from, "code-unknown");
    if (one.linking.error === "code-expired") return refuse(from, "code-expired");
    if (isPeer(one, from, commitment)) {
      // The same over another link, on which what answers it has been said again.
      if (isOver(one)) refuse(from, "declined");
      return;
    }
    if (one.peer !== null || isOver(one)) return refuse(from, "code-used");
    one.peer = {
      device: from,
      talk: talkTo(one, from),
      commitment,
      name,
      nonce: random.bytes(32),
      agreementKey: null,
      agreed: false,
    };
    change(one, { step: "connecting", code: null, other: name, detail: `${name} has the code.` });
    one.peer.talk.say({ step: "challenge", value: { nonce: one.peer.nonce } });
  }

  function isPeer({ peer }: Exchange, from: DeviceId, commitment: Uint8Array): boolean {
    return peer !== null && peer.device === from && sameBytes(peer.commitment, commitment);
  }

  function talkTo(one: Exchange, to: DeviceId): Talk {
    return createTalk({
      clock,
      send: (step) => deps.send(to, step),
      changed: () => change(one, {}),
      gaveUp() {
        if (one.entry !== null) return notDone(one);
        fail(
          one,
          "no-member-reachable",
          "The connection to the other device was lost. Make a new code and try again.",
        );
      },
    });
  }

  function onReveal(
    one: Exchange,
    peer: NewDevice,
    { nonce, agreementKey }: DeviceSteps["reveal"],
  ): void {
    if (peer.agreementKey !== null) return;
    if (!sameBytes(linkCommitment(crypto, nonce, agreementKey), peer.commitment))
      return giveUp(
        "declined",
        "The other device did not keep to the rules. Make a new code and try again.",
      );
    peer.talk.answered();
    peer.agreementKey = agreementKey;
    const emoji = emojiOf(crypto, {
      existing: device.id,
      new: peer.device,
      secret: one.secret,
      nonceExisting: peer.nonce,
      nonceNew: nonce,
      agreementKey,
    });
    change(one, {
      step: "confirm",
      emoji,
      detail: `Does ${peer.name} show the same seven pictures?`,
    });
  }

  /** Both persons said yes. */
  function offer(one: Exchange, peer: NewDevice): void {
    one.body = vouching.body(peer.device, peer.agreementKey!);
    change(one, { step: "transferring", detail: `Sending ${peer.name} what it needs.` });
    peer.talk.say({ step: "offer", value: { genesis: deps.account().genesis, body: one.body } });
  }

  function onAccept(
    one: Exchange,
    peer: NewDevice,
    { acceptance }: DeviceSteps["accept"],
  ): void {
    if (one.body === null || one.entry !== null) return;
    const { name, nextSeed } = deps.account();
    one.entry = vouching.entry(one.body, acceptance);
    peer.talk.answered();
    peer.talk.say({
      step: "package",
      value: {
        name,
        nextSeed,
        log: log.entries().map((entry) => entry.bytes),
        entry: one.entry.bytes,
        signature: one.entry.signature,
        spaces: fitting(deps.spaces()),
      },
    });
    awaitDone(one);
  }

  function awaitDone(one: Exchange): void {
    one.cancelTimer();
    one.cancelTimer = clock.after(doneMs, () => notDone(one));
  }

  function notDone(one: Exchange): void {
    fail(
      one,
      "timeout",
      "The other device did not say that it has everything. Look whether it works; if not, try again.",
    );
  }

  function onDone(
    one: Exchange,
    peer: NewDevice,
    { signature }: DeviceSteps["done"],
  ): void {
    if (one.entry === null || isOver(one)) return;
    if (!crypto.verify(idToBytes(peer.device), entryMessage(one.entry.bytes), signature)) return;
    const entry = vouching.signedByBoth(one.entry, peer.device, signature);
    deps.linked(peer.device, entry);
    finish(one, peer);
  }

  function finish(one: Exchange, peer: NewDevice): void {
    if (isOver(one)) return;
    end(one);
    change(one, { step: "done", detail: `${peer.name} is now one of your devices.` });
  }

  /** Ends what is under way, and tells the new device. */
  function giveUp(error: "declined" | "code-expired", detail: string): void {
    if (exchange === null || isOver(exchange)) return;
    if (exchange.peer !== null) refuse(exchange.peer.device, error);
    fail(exchange, error, detail);
  }

  return {
    start() {
      const problem = deps.stopped();
      if (problem !== null) throw new Failure("device-stopped", problem);
      if (!log.isGood(device.id))
        throw new Failure(
          "not-allowed",
          "This device cannot vouch for others: your account's log does not list it.",
        );
      giveUp("declined", "Another code was made instead.");
      const secret = random.bytes(16);
      const expires = deps.now() + codeMs;
      const addresses = deps.addresses().slice(0, limits.inviteAddresses);
      const code = encodeLinkCode(
        { device: device.id, secret, expires: Math.floor(expires), addresses },
        (bytes) => crypto.sha256(bytes),
      );
      const linking: Linking = {
        side: "existing",
        step: "waiting",
        code,
        expires,
        emoji: null,
        other: null,
        error: null,
        detail: "Scan or enter this code on the new device. It works once, for ten minutes.",
      };
      const made: Exchange = {
        linking,
        detail: linking.detail,
        secret,
        peer: null,
        confirmed: false,
        body: null,
        entry: null,
        cancelTimer: () => undefined,
      };
      exchange = made;
      made.cancelTimer = clock.after(codeMs, () =>
        giveUp("code-expired", "The code has expired. Make a new one."),
      );
      deps.changed(linking);
      return linking;
    },
    confirm(same) {
      const one = exchange;
      if (one === null || one.linking.step !== "confirm" || one.peer === null)
        throw new Failure("not-found", "There is nothing to confirm.");
      if (!same) {
        giveUp(
          "declined",
          "The pictures were not the same, so nothing was passed on. Make a new code, and let nobody else see it.",
        );
        return one.linking;
      }
      one.confirmed = true;
      if (one.peer.agreed) offer(one, one.peer);
      else change(one, { step: "confirmed", detail: `Now confirm on ${one.peer.name}.` });
      return one.linking;
    },
    cancel() {
      giveUp("declined", "Stopped.");
    },
    current: () => exchange?.linking ?? null,
    greeted(back) {
      const one = exchange;
      if (one?.peer?.device !== back || isOver(one)) return;
      one.peer.talk.back();
      if (one.entry !== null) awaitDone(one);
    },
    step(from, { step, value }) {
      if (step === "request") return onRequest(from, value);
      const one = exchange;
      if (one?.peer?.device !== from) return;
      if (isOver(one)) {
        // It could not be told when this ended.
        if (one.linking.step === "failed" && step !== "refusal" && step !== "done")
          refuse(from, "declined");
        return;
      }
      if (step === "reveal") onReveal(one, one.peer, value);
      else if (step === "agreed" && one.peer.agreementKey !== null) {
        one.peer.agreed = true;
        if (one.confirmed && one.body === null) offer(one, one.peer);
      } else if (step === "accept") onAccept(one, one.peer, value);
      else if (step === "done") onDone(one, one.peer, value);
      else if (step === "refusal") fail(one, "declined", "The other device stopped.");
    },
    unlinked(gone) {
      const one = exchange;
      if (one?.peer?.device !== gone || isOver(one)) return;
      // From now on the lost link is waited for, as long as any.
      if (one.entry !== null) one.cancelTimer();
      one.peer.talk.lost();
    },
    settle() {
      if (exchange?.entry != null && !isOver(exchange) && log.isGood(exchange.peer!.device))
        finish(exchange, exchange.peer!);
    },
    concerns: (other) =>
      exchange !== null &&
      !isOver(exchange) &&
      (exchange.peer === null || exchange.peer.device === other),
    stop() {
      if (exchange !== null) end(exchange);
      exchange = null;
    },
  };
}
