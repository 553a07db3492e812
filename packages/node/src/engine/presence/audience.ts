/** To which devices this person's presence may go just now, and in which space (spec/13-presence.md, Who may see it). */
import { type Choices, type Heard, type Onlooker, maySee, presenceLimits } from "@multichat/core";
import type { AccountId, DeviceId, SpaceId } from "@multichat/protocol";
import type { PresencePlace } from "./reach.ts";

export interface PresenceAudience {
  /** Those that may be told and are: in large spaces whoever asked, linked or not any more. Of the spaces shared with a device, one. */
  toldOf(): Map<DeviceId, SpaceId>;
  /** The same, within one space. */
  inPlace(place: PresencePlace): DeviceId[];
  /** Whether a device may be told in this space, asked or not. */
  mayTell(place: PresencePlace, device: DeviceId): boolean;
}

export function createPresenceAudience(deps: {
  account: AccountId;
  places(): Iterable<PresencePlace>;
  choices(): Choices;
  onlooker(account: AccountId): Pick<Onlooker, "blocked" | "contact">;
  /** Devices whose person looks at this one. */
  interested: Pick<Heard<true>, "entries">;
  clockNow(): number;
}): PresenceAudience {
  function mayTell(place: PresencePlace, device: DeviceId): boolean {
    const owner = place.ownerOf(device);
    return owner !== null && maySee(deps.choices(), { account: owner, own: owner === deps.account, ...deps.onlooker(owner) }, place);
  }

  /** In a large space, those that asked; own devices share a small one besides. */
  function inPlace(place: PresencePlace): DeviceId[] {
    const candidates = place.people <= presenceLimits.smallSpace ? [...place.linked()] : deps.interested.entries(deps.clockNow()).map(([device]) => device);
    return candidates.filter((device) => mayTell(place, device));
  }

  return {
    mayTell,
    inPlace,
    toldOf() {
      const found = new Map<DeviceId, SpaceId>();
      for (const place of deps.places()) for (const device of inPlace(place)) if (!found.has(device)) found.set(device, place.id);
      return found;
    },
  };
}
