/**
 * What one side of a linking says to the other, over links that may be replaced or lost in the middle (spec/09-devices.md,
 * Linking a device): what was not answered is said again whenever the link is back.
 */
import type { Clock } from "@multichat/core/ports";
import type { DeviceStep } from "@multichat/protocol";

/** How long a lost link is waited for: several attempts to connect, and not longer than a person watches a screen for. */
const graceMs = 30_000;

export interface Talk {
  say(step: DeviceStep): void;
  /** The other side has everything that was said so far. */
  answered(): void;
  /** There is no link to the other side; said again for every attempt that fails. */
  lost(): void;
  /** The other side was greeted, for the first time or again. */
  back(): void;
  /** What a person is told: their own words, or that the link is gone. */
  detail(own: string): string;
  /** Nothing is said again, and nothing waited for. */
  end(): void;
}

export function createTalk(deps: {
  clock: Clock;
  send(step: DeviceStep): void;
  /** The link was lost, or is back: `detail` is something else now. */
  changed(): void;
  /** The link has not come back in time. */
  gaveUp(): void;
}): Talk {
  let unanswered: DeviceStep[] = [];
  let cancelGrace: (() => void) | null = null;

  function stopWaiting(): void {
    cancelGrace?.();
    cancelGrace = null;
  }

  return {
    say(step) {
      unanswered.push(step);
      deps.send(step);
    },
    answered() {
      unanswered = [];
    },
    lost() {
      if (cancelGrace !== null) return;
      cancelGrace = deps.clock.after(graceMs, () => {
        cancelGrace = null;
        deps.gaveUp();
      });
      deps.changed();
    },
    back() {
      const wasLost = cancelGrace !== null;
      stopWaiting();
      for (const step of unanswered) deps.send(step);
      if (wasLost) deps.changed();
    },
    detail: (own) => (cancelGrace === null ? own : "The connection was lost; trying again."),
    end() {
      stopWaiting();
      unanswered = [];
    },
  };
}
