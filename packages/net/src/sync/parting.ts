/**
 * Closing spaces with a peer that does not belong to them any more (spec/06-sync.md, Audience): one that left once all it wrote
 * is here, one that others removed once it was told why.
 */
import type { Clock } from "@multichat/core/ports";
import type { DeviceId, SpaceId } from "@multichat/protocol";
import { type SyncHost, type SyncSpace, lists } from "./host.ts";
import { goodbyeMs } from "./limits.ts";
import type { SpaceLink } from "./space-link.ts";

export interface Parting {
  /** A space was opened: a device that does not belong any more learns so from its own account's word, whoever passes it on. */
  opened(link: SpaceLink): void;
  /** The peer was removed from the space, and has been told so on this link. */
  isTold(space: SyncSpace): boolean;
  /** It proved an invite of the space: it may come back. */
  comesIn(space: SyncSpace): void;
  /** With a peer that others removed: says so in a while. */
  check(link: SpaceLink): void;
  /** Members changed: closes what is to be closed. */
  refresh(): void;
  /** With a member that left. */
  left(link: SpaceLink): void;
  stop(): void;
}

export function createParting(deps: {
  host: SyncHost;
  clock: Clock;
  peer: DeviceId;
  links: ReadonlyMap<SpaceId, SpaceLink>;
  drop(link: SpaceLink): void;
}): Parting {
  const { host, clock, peer, links, drop } = deps;
  const told = new Set<SpaceId>();
  const entering = new Set<SpaceId>();
  const goodbyes = new Map<SpaceLink, () => void>();

  const idOf = (link: SpaceLink): SpaceId => link.space.replica.space;

  function farewell(link: SpaceLink): void {
    link.showRecords(host.farewell(idOf(link), peer));
  }

  function isOut(link: SpaceLink): boolean {
    return !entering.has(idOf(link)) && link.isRemoved();
  }

  /** It gets nothing any more; why, it is told when what follows from its removal has had the time to come. */
  function check(link: SpaceLink): void {
    if (!isOut(link) || goodbyes.has(link)) return;
    const say = (): void => {
      goodbyes.delete(link);
      if (links.get(idOf(link)) !== link || !isOut(link)) return;
      told.add(idOf(link));
      link.showRemoval();
      link.close("removed", "");
      drop(link);
    };
    goodbyes.set(link, clock.after(goodbyeMs, say));
  }

  function left(link: SpaceLink): void {
    farewell(link);
    link.close("left", "");
    drop(link);
  }

  return {
    opened: farewell,
    isTold(space) {
      if (lists(space, peer)) told.delete(space.replica.space);
      return told.has(space.replica.space);
    },
    comesIn(space) {
      if (!lists(space, peer)) entering.add(space.replica.space);
      told.delete(space.replica.space);
    },
    check,
    refresh() {
      // Once it is in, what it proved to get there says nothing any more.
      for (const id of entering) if (links.get(id)?.isListed() ?? true) entering.delete(id);
      for (const link of links.values()) {
        if (isOut(link)) check(link);
        else if (link.shouldClose()) left(link);
      }
    },
    left,
    stop() {
      for (const cancel of goodbyes.values()) cancel();
    },
  };
}
