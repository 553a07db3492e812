/** Whom this node's interfaces show, and in large spaces: telling their devices so, that they tell back (spec/13-presence.md). */
import { presenceLimits } from "@multichat/core";
import type { Clock } from "@multichat/core/ports";
import type { AccountId, DeviceId } from "@multichat/protocol";
import type { PresenceAudience } from "./audience.ts";
import { type PresencePlace, type Tell, nothing } from "./reach.ts";

export interface Looking {
  /** @param by one interface; what it showed before counts no more */
  watch(by: object, accounts: readonly AccountId[]): void;
  /** The interface is gone. */
  left(by: object): void;
  /** Devices are linked that were not, or this person shows themselves again. */
  settle(): void;
  lost(device: DeviceId): void;
  stop(): void;
}

/** Scrolling does not tell at every row. */
const settleMs = 500;

export function createLooking(deps: {
  clock: Clock;
  account: AccountId;
  places(): Iterable<PresencePlace>;
  audience: Pick<PresenceAudience, "mayTell">;
  /** Whether this person shows anything to anybody. */
  visible(): boolean;
  tell: Tell;
}): Looking {
  const { clock } = deps;
  const watching = new Map<object, readonly AccountId[]>();
  const asked = new Set<DeviceId>();
  let cancel: (() => void) | null = null;
  let cancelBeacon: (() => void) | null = clock.after(presenceLimits.beaconMs, beacon);

  function beacon(): void {
    asked.clear();
    send();
    cancelBeacon = clock.after(presenceLimits.beaconMs, beacon);
  }

  function send(): void {
    cancel = null;
    const wanted = new Set([...watching.values()].flat().slice(0, presenceLimits.looked));
    wanted.delete(deps.account);
    if (wanted.size === 0 || !deps.visible()) return;
    const places = [...deps.places()];
    const isSmall = ({ people }: PresencePlace): boolean => people <= presenceLimits.smallSpace;
    const near = new Set(places.filter(isSmall).flatMap((place) => [...place.linked()]));
    for (const place of places.filter((one) => !isSmall(one))) {
      for (const device of place.linked()) {
        if (!wanted.has(place.ownerOf(device)!) || near.has(device) || asked.has(device) || !deps.audience.mayTell(place, device)) continue;
        if (deps.tell(device, place.id, { kind: "interest", ttl: presenceLimits.ttlMs, value: nothing })) asked.add(device);
      }
    }
  }

  function settle(): void {
    if (watching.size > 0) cancel ??= clock.after(settleMs, send);
  }

  return {
    watch(by, accounts) {
      watching.set(by, accounts);
      settle();
    },
    left: (by) => void watching.delete(by),
    settle,
    lost: (device) => void asked.delete(device),
    stop() {
      cancel?.();
      cancelBeacon?.();
      cancelBeacon = null;
    },
  };
}
