/**
 * One dial: all addresses of a device, the nearest first, each started a moment after the one before without waiting for
 * it. Ends with the link, or with an outcome for every address.
 */
import type { Connection } from "@libp2p/interface";
import type { Clock, DialAttempt } from "@multichat/core/ports";
import { parseAddress } from "./addresses.ts";
import type { Address } from "./addresses.ts";
import { outcomeOf, outcomes } from "./dial-outcome.ts";
import { transportLimits } from "./limits.ts";
import { isLoopback, isPrivate } from "./networks.ts";
import type { OwnNetworks } from "./networks.ts";
import type { Slots } from "./slots.ts";

export interface DialDeps {
  clock: Clock;
  slots: Slots;
  networks: () => OwnNetworks;
  connect: (address: Address, signal: AbortSignal) => Promise<Connection>;
}

interface Attempt {
  text: string;
  outcome: string | null;
}

export class Dial {
  private readonly deps: DialDeps;
  private readonly finished: (attempts: DialAttempt[]) => void;
  private readonly attempts = new Map<string, Attempt>();
  private readonly cancels = new Set<() => void>();
  /** Where the link is, once there is one: only something nearer, or another machine's address, is still of interest. */
  private linkedAt: Address | null = null;
  private done: (() => void) | null = null;
  private over = false;

  /** `finished` is called once, when every address has failed. */
  constructor(deps: DialDeps, finished: (attempts: DialAttempt[]) => void) {
    this.deps = deps;
    this.finished = finished;
  }

  add(texts: readonly string[]): void {
    const fresh: [Attempt, Address][] = [];
    for (const text of texts) {
      if (this.attempts.has(text) || this.attempts.size >= transportLimits.dialAddresses) continue;
      const attempt: Attempt = { text, outcome: null };
      this.attempts.set(text, attempt);
      const address = parseAddress(text);
      if (address === null) attempt.outcome = outcomes.notUnderstood;
      else fresh.push([attempt, address]);
    }
    const networks = this.deps.networks();
    fresh.sort(([, a], [, b]) => distance(a, networks) - distance(b, networks));
    for (const [i, [attempt, address]] of fresh.entries()) {
      this.after(i * transportLimits.dialStaggerMs, () => void this.try(attempt, address));
    }
    this.after(0, () => this.finishIfDone());
  }

  /** Fails what is left, and everything added later, with this outcome. */
  failAll(outcome: string): void {
    for (const attempt of this.attempts.values()) attempt.outcome ??= outcome;
    this.after(0, () => this.finishIfDone());
  }

  /** There is a link: nothing will be reported, and only what may be better is still tried. `done` is called after that. */
  linked(address: Address, done: () => void): void {
    this.linkedAt = address;
    this.done = done;
  }

  stop(): void {
    this.over = true;
    for (const cancel of this.cancels) cancel();
    this.cancels.clear();
  }

  private async try(attempt: Attempt, address: Address): Promise<void> {
    const { slots, connect, networks } = this.deps;
    await slots.take();
    try {
      if (this.over || attempt.outcome !== null) return;
      if (!this.isOfInterest(address)) {
        this.fail(attempt, outcomes.notNeeded);
        return;
      }
      let timedOut = false;
      const controller = new AbortController();
      const cancelTimer = this.deps.clock.after(transportLimits.dialTimeoutMs, () => {
        timedOut = true;
        controller.abort();
      });
      const cancel = (): void => controller.abort();
      this.cancels.add(cancel);
      try {
        this.awaitLink(attempt, await connect(address, controller.signal));
      } catch (error) {
        this.fail(attempt, outcomeOf(error, timedOut, address, networks()));
      } finally {
        cancelTimer();
        this.cancels.delete(cancel);
      }
    } finally {
      slots.giveBack();
    }
  }

  /** Connected: now the link must follow. */
  private awaitLink(attempt: Attempt, connection: Connection): void {
    connection.addEventListener("close", () => this.fail(attempt, outcomes.hungUp));
    if (connection.status !== "open") this.fail(attempt, outcomes.hungUp);
    this.after(transportLimits.dialTimeoutMs, () => this.fail(attempt, outcomes.otherProtocol));
  }

  private fail(attempt: Attempt, outcome: string): void {
    attempt.outcome ??= outcome;
    this.finishIfDone();
  }

  private finishIfDone(): void {
    if (this.over) return;
    const attempts: DialAttempt[] = [];
    for (const { text, outcome } of this.attempts.values()) {
      if (outcome === null) return;
      attempts.push({ address: text, outcome });
    }
    this.stop();
    if (this.done === null) this.finished(attempts);
    else this.done();
  }

  private isOfInterest(address: Address): boolean {
    if (this.linkedAt === null) return true;
    const networks = this.deps.networks();
    return (
      address.host !== this.linkedAt.host &&
      distance(address, networks) <= distance(this.linkedAt, networks) + 1
    );
  }

  private after(ms: number, callback: () => void): void {
    const cancel = this.deps.clock.after(ms, () => {
      this.cancels.delete(cancel);
      if (!this.over) callback();
    });
    this.cancels.add(cancel);
  }
}

/** Smaller is tried sooner. Even numbers: WebSockets come just after TCP at the same distance. */
function distance(address: Address, networks: OwnNetworks): number {
  const { host, relayed, plainTcp } = address;
  const overhead = plainTcp ? 0 : 1;
  if (relayed) return 8 + overhead;
  if (networks.isNear(host) || networks.isOwn(host)) return 0 + overhead;
  if (isPrivate(host) || isLoopback(host)) return 4 + overhead;
  return 2 + overhead;
}
