/**
 * What the control log takes at all (spec/04-control.md, Taken at all, Shares): where an event must stand to be kept, so that
 * nobody outside can make the log grow, nor a member without end.
 */
import type { DeviceId, SpaceId } from "@multichat/protocol";
import type { ControlLog } from "../control/log.ts";
import type { Resolver } from "../control/resolve.ts";
import { controlLimits, createControlShares } from "../control/shares.ts";
import { boundAccount, grantsAt } from "../control/standing.ts";
import type { Event } from "../events/event.ts";
import { count } from "../holdings/ranges.ts";
import type { Feeds } from "./feeds.ts";

export interface ControlDoor {
  /** Adds an event to the log, all of whose ancestors are there; answers why not, or null. */
  take(event: Event): string | null;
}

export function createControlDoor({ space, log, resolver, feeds }: { space: SpaceId; log: ControlLog; resolver: Pick<Resolver, "state" | "problemOf">; feeds: Feeds }): ControlDoor {
  const shares = createControlShares();
  /** Control events held of each device, all branches. */
  const held = new Map<DeviceId, number>();

  function note({ header }: Pick<Event, "header">): void {
    held.set(header.device, (held.get(header.device) ?? 0) + 1);
  }

  /** Only bound devices may write here, but for those who ask to be let in. */
  function problem(event: Event): string | null {
    const { header } = event;
    const known = resolver.state();
    if (known === null) return "for a space without a beginning";
    const account = boundAccount(log, known, header.ctl, header.device);
    const member = account !== null && grantsAt(log, known, header.ctl, account).length > 0;
    if (!member && header.kind !== "join" && header.kind !== "device.bind") return account === null ? "from a device that is not bound" : "from a device whose account has left";
    const share = shares.problem(log, known, event);
    if (share !== null) return share;
    const feed = feeds.get(space, header.device);
    const branches = feed === null ? 0 : held.get(header.device)! - count(feed.ranges);
    if (branches >= controlLimits.branches) return "from a device that contradicts itself again and again";
    return member && !shares.mustStand(log, known, event) ? null : resolver.problemOf(event);
  }

  log.events().forEach(note);
  return {
    take(event) {
      const why = event.id === space ? null : problem(event);
      if (why !== null) return why;
      if (!log.add(event).added) return "a second beginning";
      note(event);
      return null;
    },
  };
}
