/** A dial in progress: several addresses tried at once, one outcome for each. */
import type { DialAttempt } from "@multichat/core/ports";

export class MemoryDial {
  /** null while the attempt is still running. */
  private readonly outcomes = new Map<string, string | null>();
  private readonly finished: (attempts: DialAttempt[]) => void;
  private over = false;

  /** `finished` is called once, when every address has failed. */
  constructor(finished: (attempts: DialAttempt[]) => void) {
    this.finished = finished;
  }

  /** Those of `addresses` that this dial has not tried yet. */
  add(addresses: readonly string[]): string[] {
    const fresh = [...new Set(addresses)].filter((address) => !this.outcomes.has(address));
    for (const address of fresh) this.outcomes.set(address, null);
    return fresh;
  }

  failed(address: string, outcome: string): void {
    if (this.over) return;
    this.outcomes.set(address, outcome);
    this.finishIfDone();
  }

  /** For a dial with nothing to try. */
  finishIfDone(): void {
    const attempts: DialAttempt[] = [];
    for (const [address, outcome] of this.outcomes) {
      if (outcome === null) return;
      attempts.push({ address, outcome });
    }
    this.cancel();
    this.finished(attempts);
  }

  /** The link is there, or nobody waits for it any more. */
  cancel(): void {
    this.over = true;
  }
}
