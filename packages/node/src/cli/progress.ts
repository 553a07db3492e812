import type { Client } from "@multichat/client";
import type { ErrorCode, Import, Linking, Pushes, Recovery, Transfer } from "@multichat/client/contract";
import { CliError } from "./cli-error.ts";

type Step = Import | Linking | Recovery | Transfer;
type Watched = { [P in keyof Pushes]: Pushes[P] extends Step ? P : never }[keyof Pushes];

/**
 * Follows what the node pushes about one thing until it is done or cancelled. `seen` is told of each state, from that of `start` on.
 * @throws CliError when it fails or the node stops
 */
export async function untilDone<P extends Watched>(
  client: Client,
  push: P,
  start: () => Promise<Pushes[P]>,
  seen: (state: Pushes[P]) => void | Promise<void>,
): Promise<Pushes[P]> {
  const outcome = Promise.withResolvers<Pushes[P]>();
  // Pushes may come before the answer; the latest of what was missed is enough.
  let queue: Promise<void> | null = null;
  const missed: Pushes[P][] = [];

  function take(state: Pushes[P]): void {
    if (queue === null) return void missed.push(state);
    queue = queue.then(() => seen(state)).then(() => settle(state), outcome.reject);
  }

  function settle(state: Pushes[P]): void {
    if (state.step === "done" || state.step === "cancelled") outcome.resolve(state);
    if (state.step === "failed") outcome.reject(new CliError(codeOf(state), state.detail));
  }

  client.on(push, take as (state: Pushes[P]) => void);
  client.onState((state) => {
    if (state === "open") return;
    outcome.reject(new CliError("not-running", "Multichat has stopped."));
  });
  outcome.promise.catch(() => undefined);
  const first = await start();
  queue = Promise.resolve();
  take(first);
  for (const state of missed) take(state);
  return outcome.promise;
}

function codeOf({ error }: Step): ErrorCode {
  return error ?? "internal";
}
