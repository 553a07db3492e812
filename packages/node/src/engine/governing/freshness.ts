/**
 * Freshness (spec/04-control.md, rule 10): whoever has not heard from others lately signs no removal unawares, since it makes void
 * what the removed person did meanwhile: whom they let in, what they changed.
 */
import type { Store } from "@multichat/core/ports";
import { lists } from "@multichat/net/sync";
import type { AccountId, DeviceId, SpaceId } from "@multichat/protocol";
import type { Space } from "../joining/spaces.ts";

/** What may have happened since is little. */
const freshMs = 10 * 60_000;
/** How exactly the time is kept for the next start. */
const keptMs = 60_000;

export interface Freshness {
  /** Everything that this device holds of the control log is here. */
  heard(space: Space, device: DeviceId): void;
  gone(device: DeviceId): void;
  isFresh(space: Space): boolean;
  /** When another member's device was last heard, ms; null if never. */
  heardAt(space: Space): number | null;
}

export function createFreshness(deps: { store: Store; account: AccountId; now(): number; openWith(space: SpaceId): readonly DeviceId[] }): Freshness {
  const { store } = deps;
  const heard = new Map<SpaceId, { at: number; kept: number; devices: Set<DeviceId> }>();

  function of(space: Space): { at: number; kept: number; devices: Set<DeviceId> } {
    const known = heard.get(space.id);
    if (known !== undefined) return known;
    const at = Number(store.setting(key(space.id)) ?? 0);
    const made = { at, kept: at, devices: new Set<DeviceId>() };
    heard.set(space.id, made);
    return made;
  }

  const isOther = (space: Space, device: DeviceId): boolean => {
    return lists(space, device) && space.replica.state()?.devices.get(device) !== deps.account;
  };

  /** Whoever is linked and has told all it holds goes on telling. */
  function isListening(space: Space): boolean {
    const { devices } = of(space);
    return space.replica.pending.size() === 0 && deps.openWith(space.id).some((device) => devices.has(device) && isOther(space, device));
  }

  return {
    heard(space, device) {
      if (!isOther(space, device)) return;
      const known = of(space);
      known.devices.add(device);
      known.at = deps.now();
      if (Math.abs(known.at - known.kept) < keptMs) return;
      known.kept = known.at;
      store.transaction(() => store.putSetting(key(space.id), String(Math.floor(known.at))));
    },
    gone(device) {
      for (const { devices } of heard.values()) devices.delete(device);
    },
    isFresh: (space) => isListening(space) || Math.abs(deps.now() - of(space).at) <= freshMs,
    heardAt(space) {
      if (isListening(space)) return deps.now();
      const { at } = of(space);
      return at === 0 ? null : at;
    },
  };
}

function key(space: SpaceId): string {
  return `heard/${space}`;
}
