/** What a device says of its person (spec/13-presence.md): what was chosen, else whether somebody is at an interface. */
import type { PresenceState } from "@multichat/protocol";
import { presenceLimits } from "./limits.ts";

export const chosenStates = ["away", "dnd", "invisible"] as const;
export type ChosenState = (typeof chosenStates)[number];

export interface Chosen {
  state: ChosenState;
  /** Ms; 0 = until something else is chosen. */
  until: number;
}

export interface OwnState {
  /** Null: says nothing to anybody. */
  state: PresenceState | null;
  /** When it will be another by itself; null: only if something happens. */
  changesAt: number | null;
}

/** Null once its time is over. */
export function chosenAt(chosen: Chosen | null, now: number): Chosen | null {
  return chosen !== null && (chosen.until === 0 || now < chosen.until) ? chosen : null;
}

/** @param activeAt when the person was last active at an interface of this device, or null */
export function ownState(chosen: Chosen | null, activeAt: number | null, now: number): OwnState {
  const decided = chosenAt(chosen, now);
  if (decided !== null) return { state: decided.state === "invisible" ? null : decided.state, changesAt: decided.until === 0 ? null : decided.until };
  const idleAt = activeAt === null ? null : activeAt + presenceLimits.idleMs;
  return idleAt !== null && now < idleAt ? { state: "online", changesAt: idleAt } : { state: "away", changesAt: null };
}
