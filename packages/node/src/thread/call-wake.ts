/** Calls the address that wakes another device (spec/14-notifications.md, Waking): a fixed word, the same for everything. */
import type { CallWake } from "../engine/notifications/wake.ts";

/** A push service answers at once, or something is wrong. */
const patienceMs = 10_000;

export const callWake: CallWake = async (url) => {
  let answer: Response;
  try {
    // Where it leads elsewhere, somebody else would be called than was chosen.
    answer = await fetch(url, { method: "POST", body: "Multichat", redirect: "error", signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    throw new Error(error instanceof Error && error.name === "TimeoutError" ? "It did not answer within 10 seconds." : "It could not be reached.", { cause: error });
  }
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`It answered ${answer.status}.`);
};
