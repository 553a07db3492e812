/**
 * Which process of a device is at the other end of a connection (spec/05-transport.md). A device is one key, but two
 * processes may have it: one that was restarted and one whose connection has not been missed yet, or the two copies of a
 * data folder. Each run has a random number, which identify tells as part of the agent's name.
 */
import { randomBytes } from "node:crypto";
import type { Identify } from "@libp2p/identify";
import type { Connection } from "@libp2p/interface";

/** What this run calls itself. */
export const newProcessName = (): string => `multichat/1 ${randomBytes(8).toString("hex")}`;

/** What the process at the other end calls itself; null when it does not say. */
export async function askProcessName(
  identify: Identify,
  connection: Connection,
): Promise<string | null> {
  try {
    return (await identify.identify(connection)).agentVersion ?? null;
  } catch {
    // Whoever does not answer is not told apart; whether it is alive is seen by pinging.
    return null;
  }
}
