/** Waits for a condition by asking again whenever the node says that something changed. Nothing sleeps. */
import type { Client, PushName } from "@multichat/client";
import { ClientError } from "@multichat/client";

/** Long, for a machine that is busy with other things; a condition that never comes costs this once. */
const patienceMs = 45_000;

const pushNames = [
  "status",
  "space",
  "space-gone",
  "channel",
  "members",
  "messages",
  "messages-gone",
  "delivery",
  "join",
  "peers",
  "invites",
] as const satisfies readonly PushName[];

/**
 * Resolves with the first answer of `probe` that is neither false nor undefined. A call that fails because the node is
 * restarting counts as "not yet".
 */
export function until<T>(
  client: Client,
  what: string,
  probe: () => Promise<T | false | undefined>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let asking = false;
    let changed = false;
    const stops = [
      ...pushNames.map((push) => client.on(push, () => void ask())),
      client.onState(() => void ask()),
    ];
    const deadline = setTimeout(
      () => finish(() => reject(new Error(`it never came to pass: ${what}`))),
      patienceMs,
    );

    function finish(how: () => void): void {
      clearTimeout(deadline);
      for (const stop of stops) stop();
      how();
    }

    async function ask(): Promise<void> {
      changed = true;
      if (asking) return;
      asking = true;
      try {
        while (changed) {
          changed = false;
          const answer = await probe().catch((error: unknown) => {
            if (error instanceof ClientError && error.code === "not-running") return undefined;
            throw error;
          });
          if (answer !== false && answer !== undefined) return finish(() => resolve(answer));
        }
      } catch (error) {
        finish(() => reject(error instanceof Error ? error : new Error(String(error))));
      } finally {
        asking = false;
      }
    }
  });
}
