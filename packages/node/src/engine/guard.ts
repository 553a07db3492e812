/** Whatever peers and timers set off must not end the node: a failing store is recovered from, wherever it shows. */
import { type Clock, type LinksHandler, StoreError } from "@multichat/core/ports";
import { Failure } from "./failure.ts";

/** Does the work; what fails in it is dealt with. */
export type Guarded = (work: () => void) => void;

export function createGuard(deps: { recover(error: StoreError): void; log(event: string, detail?: Record<string, string | number>): void }): Guarded {
  return (work) => {
    try {
      work();
    } catch (error) {
      if (error instanceof StoreError) deps.recover(error);
      else if (error instanceof Failure) deps.log("not.done", { code: error.code });
      else throw error;
    }
  };
}

export function guardedClock(clock: Clock, guarded: Guarded): Clock {
  return { now: () => clock.now(), after: (ms, work) => clock.after(ms, () => guarded(work)) };
}

export function guardedHandler(handler: LinksHandler, guarded: Guarded): LinksHandler {
  return {
    linked: (link) => guarded(() => handler.linked(link)),
    frame: (device, bytes) => guarded(() => handler.frame(device, bytes)),
    unlinked: (device, reason) => guarded(() => handler.unlinked(device, reason)),
    dialFailed: (device, attempts) => guarded(() => handler.dialFailed(device, attempts)),
    discovered: (device, addresses) => guarded(() => handler.discovered(device, addresses)),
    listening: (addresses) => guarded(() => handler.listening(addresses)),
    rtt: (device, ms) => guarded(() => handler.rtt(device, ms)),
    drained: (device, queued) => guarded(() => handler.drained(device, queued)),
  };
}
