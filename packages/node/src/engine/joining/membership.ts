/**
 * Whether this account still belongs to its spaces, as their control logs say. Who was removed keeps what was here to read, and
 * takes part again only if the removal turns out to be void, or by a new invite.
 */
import type { ControlLog, Departure } from "@multichat/core";
import type { Removal } from "@multichat/client/contract";
import type { AccountId, DeviceId, EventId } from "@multichat/protocol";
import type { People } from "../trust/people.ts";
import type { Space, Spaces } from "./spaces.ts";

export interface Membership {
  /** How others ended this account's membership; null while it belongs, and if it left by itself. */
  removal(space: Space): Removal | null;
  /** Why nothing can be written, in words; null where it can. */
  readOnly(space: Space): string | null;
  /** The control log changed. */
  check(space: Space): void;
}

export function createMembership(deps: {
  spaces: Spaces;
  people: People;
  account: AccountId;
  device: DeviceId;
  /** It was taken out, or is in again. */
  changed(space: Space, removed: boolean): void;
}): Membership {
  const { spaces, people, account } = deps;

  function departure(space: Space): Departure | null {
    const found = space.replica.state()?.departed.get(account) ?? null;
    return found === null || found.how === "left" ? null : found;
  }

  function removal(space: Space): Removal | null {
    const found = space.removed ? departure(space) : null;
    if (found === null) return null;
    return { how: found.how === "banned" ? "banned" : "removed", by: found.by === null ? null : people.person(found.by), at: found.at, until: found.until };
  }

  return {
    removal,
    readOnly(space) {
      const found = removal(space);
      if (found === null) return null;
      const by = found.by === null ? "the owner of the root key" : found.by.name;
      const day = new Date(found.at).toISOString().slice(0, 10);
      const what = found.how === "banned" ? "banned" : "removed";
      return `You were ${what} by ${by} on ${day}. What you have here stays readable.`;
    },
    check(space) {
      const state = space.replica.state();
      if (state === null) return;
      const inOrBack = space.row.state === "member" || (space.row.state === "left" && !space.leaving && !space.removed);
      if (inOrBack && !state.members.has(account) && departure(space) !== null) {
        spaces.removed(space);
        deps.changed(space, true);
      } else if (space.removed && state.members.has(account) && state.devices.has(deps.device)) {
        spaces.restored(space);
        deps.changed(space, false);
      }
    },
  };
}

/** A removal and the cuts that follow it at once: what the removed account is shown, and nothing that came after. */
export function removalOf(log: ControlLog, removal: EventId): EventId[] {
  const index = log.get(removal)?.index;
  if (index === undefined) return [];
  const shown = new Set([index]);
  const before = log.past(index);
  for (const event of log.events()) {
    if (event.control?.kind !== "cut" || event.control.payload.cause !== removal) continue;
    const past = log.past(event.index);
    const news = log.events().filter((other) => past.has(other.index) && !before.has(other.index) && other.index !== event.index);
    if (news.every((other) => shown.has(other.index))) shown.add(event.index);
  }
  return [...shown].map((at) => log.events()[at]!.id);
}
