/** A person, summed up from what their devices say (spec/13-presence.md, One person). */
import type { PresenceState, StatusValue } from "@multichat/protocol";

export type PersonState = PresenceState | "offline";

/** Strongest first. */
const order: readonly PresenceState[] = ["dnd", "online", "away"];

export function sumUp(states: Iterable<PresenceState>): PersonState {
  const said = new Set(states);
  return order.find((state) => said.has(state)) ?? "offline";
}

/** The status as long as it counts. */
export function statusAt(status: StatusValue | null, now: number): StatusValue | null {
  return status !== null && (status.until === 0 || now < status.until) ? status : null;
}

/** The line to show beside a name: the away message in place of the text, while the person is not there. */
export function statusLine(status: Pick<StatusValue, "text" | "away">, state: PersonState): string | null {
  return state === "online" ? status.text : (status.away ?? status.text);
}
