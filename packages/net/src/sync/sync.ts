/** Sync with every linked device (spec/06-sync.md): keeps one session a link and spreads what is new among them. */
import type { Event } from "@multichat/core";
import type { Clock, Crypto, Links, Random, Store, StoredRecord } from "@multichat/core/ports";
import type { AdmissionCode, DeviceId, DeviceStep, EventId, FrameOf, SpaceId, SpaceOffer } from "@multichat/protocol";
import type { SyncHost } from "./host.ts";
import { type Session, createSession } from "./session.ts";

export interface SyncDeps {
  host: SyncHost;
  links: Pick<Links, "send" | "close">;
  store: Store;
  clock: Clock;
  crypto: Crypto;
  random: Random;
}

export interface Sync {
  linked(device: DeviceId): void;
  unlinked(device: DeviceId): void;
  frame(device: DeviceId, bytes: Uint8Array): void;
  /** New events of a space: own ones are pushed, those of others announced to the rest; "waiting" are those that were held back. */
  spread(space: SpaceId, events: readonly Event[], from: DeviceId | "self" | "waiting"): void;
  spreadRecords(space: SpaceId, records: readonly StoredRecord[], from: DeviceId | "self" | "waiting"): void;
  sendStep(device: DeviceId, step: DeviceStep): void;
  sendOffer(device: DeviceId, offer: SpaceOffer): void;
  /** Linked devices that were greeted. */
  greeted(): DeviceId[];
  /** Tells a joiner what became of the invite it proved. */
  answer(device: DeviceId, invite: EventId, code: AdmissionCode): void;
  /** Asks a device for pieces of a blob; false: this space is not open with it. */
  fetch(device: DeviceId, space: SpaceId, wanted: Omit<FrameOf<"fetch">, "type" | "alias">): boolean;
  /** Says something for a moment to a device in this space; false: the space is not open with it, or it does not belong there. */
  tell(device: DeviceId, space: SpaceId, said: Omit<FrameOf<"ephemeral">, "type" | "alias">): boolean;
  /** Spaces, their members or the pending joins changed. */
  refresh(): void;
  /** Linked devices with which this space is open. */
  openWith(space: SpaceId): DeviceId[];
  /** Events of this space known to be held by some linked device and not here. */
  missing(space: SpaceId): number;
  stop(): void;
}

export function createSync(deps: SyncDeps): Sync {
  const sessions = new Map<DeviceId, Session>();
  const sessionDeps = {
    ...deps,
    released(space: SpaceId, by: DeviceId): void {
      for (const session of sessions.values()) if (session.peer !== by) session.link(space)?.examine();
    },
  };

  return {
    linked(device) {
      sessions.get(device)?.dispose();
      const session = createSession(sessionDeps, {
        peer: device,
        send: (bytes) => deps.links.send(device, bytes),
        cut: (reason) => deps.links.close(device, reason),
      });
      sessions.set(device, session);
    },
    unlinked(device) {
      const session = sessions.get(device);
      sessions.delete(device);
      session?.dispose();
    },
    frame: (device, bytes) => sessions.get(device)?.receive(bytes),
    spread(space, events, from) {
      for (const session of sessions.values()) {
        const link = session.link(space);
        if (link === null || session.peer === from) continue;
        if (from === "self") link.push(events);
        else link.announce(events);
      }
    },
    spreadRecords(space, records, from) {
      for (const session of sessions.values()) {
        if (session.peer !== from) session.link(space)?.pushRecords(records);
      }
    },
    sendStep: (device, step) => sessions.get(device)?.sendStep(step),
    sendOffer: (device, offer) => sessions.get(device)?.sendOffer(offer),
    greeted: () => [...sessions.values()].filter((session) => session.greeted()).map(({ peer }) => peer),
    answer: (device, invite, code) => sessions.get(device)?.answer(invite, code),
    fetch(device, space, wanted) {
      const link = sessions.get(device)?.link(space) ?? null;
      link?.fetch(wanted);
      return link !== null;
    },
    tell: (device, space, said) => sessions.get(device)?.link(space)?.tell(said) ?? false,
    refresh() {
      for (const session of sessions.values()) session.refresh();
    },
    openWith: (space) => [...sessions.values()].filter((session) => session.link(space) !== null).map(({ peer }) => peer),
    missing(space) {
      let most = 0;
      for (const session of sessions.values()) most = Math.max(most, session.link(space)?.missing() ?? 0);
      return most;
    },
    stop() {
      for (const session of sessions.values()) session.dispose();
      sessions.clear();
    },
  };
}
