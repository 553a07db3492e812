import type { Client } from "@multichat/client";
import { CliError } from "./cli-error.ts";
import type { CliHost } from "./host.ts";

/** Until the person stops it. Rejects when the node has stopped. */
export function untilInterrupted(client: Client, host: CliHost): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    const stopListening = host.onInterrupt(() => {
      stopListening();
      resolve();
    });
    client.onState((state) => {
      if (state === "open") return;
      stopListening();
      reject(new CliError("not-running", "Multichat has stopped, so nothing new can come."));
    });
  });
  // Rejected before anyone awaits it when the node stops during the next calls, which then say so themselves.
  ended.catch(() => undefined);
  return ended;
}
