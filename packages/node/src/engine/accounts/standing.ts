/** Whether this device may go on: it stops writing when it is a copy, and takes part in nothing once it was revoked. */
import type { Links, Store } from "@multichat/core/ports";
import type { Problem } from "@multichat/client/contract";
import type { Connector } from "@multichat/net/connections";
import type { Sync } from "@multichat/net/sync";
import { type DeviceId, hlcTime } from "@multichat/protocol";
import type { Devices } from "./devices.ts";
import type { Pushes } from "../conversation/pushes.ts";
import type { Space, Spaces } from "../joining/spaces.ts";

/** An own stamp further ahead than this keeps others from taking what this device writes next. */
const ownAheadMs = 5 * 60_000;

const stoppedText =
  "Another copy of this data folder has been used, or an older copy was put back. To keep your messages in order, this device no longer writes. Continue as a new device: everything is fetched again from the other members.";
const aheadText =
  "This device has written with a clock that was far ahead, and others see what it writes now in a wrong place. Continue as a new device to be in order again.";

export interface Standing {
  /** Why this device writes no more, in words; null where it does. */
  stopped(): string | null;
  problem(): Problem | null;
  /** Others hold events with this device's signature that it does not have. */
  notMyself(space: Space, detail: string): void;
  /** This device was revoked: it takes part in nothing any more, and keeps what it has. */
  signOut(): void;
  /** Nothing is to be fetched from anybody any more. */
  ended(): boolean;
  end(): void;
}

export function createStanding(deps: {
  store: Store;
  links: Pick<Links, "close">;
  connector: Connector;
  spaces: Spaces;
  self: DeviceId;
  now(): number;
  devices(): Devices;
  sync(): Sync;
  pushes(): Pushes;
  log(event: string, detail?: Record<string, string | number>): void;
}): Standing {
  const { store, links, connector, spaces, now } = deps;
  let ended = false;

  const stopped = (): string | null => deps.devices().signedOut() ?? (store.setting("stopped") === null ? null : stoppedText);

  /** Channels in which what this device wrote last is still to come. */
  function writesAhead(): boolean {
    const limit = now() + ownAheadMs;
    for (const space of spaces.shared()) {
      for (const feed of space.replica.feeds.all()) {
        if (feed.device !== deps.self) continue;
        const tip = store.event(feed.tip);
        if (tip !== null && hlcTime(tip.hlc) > limit) return true;
      }
    }
    return false;
  }

  function halt(): void {
    ended = true;
    connector.stop();
    for (const { link } of connector.peers()) if (link !== null) links.close(link.device, "this device was signed out");
    deps.sync().stop();
  }

  return {
    stopped,
    problem() {
      const signedOut = deps.devices().signedOut();
      if (signedOut !== null) return { code: "device-revoked", message: signedOut, remedy: null };
      const message = stopped();
      if (message !== null) return { code: "device-stopped", message, remedy: "device.renew" };
      return writesAhead() ? { code: "clock-wrong", message: aheadText, remedy: "device.renew" } : null;
    },
    notMyself(space, detail) {
      if (stopped() !== null) return;
      store.transaction(() => store.putSetting("stopped", detail));
      deps.log("device.stopped", { detail });
      connector.rest();
      deps.pushes().markStatus();
      deps.pushes().markSpace(space.id);
    },
    signOut() {
      deps.log("device.signed-out");
      halt();
      deps.pushes().markStatus();
      deps.pushes().markDevices();
    },
    ended: () => ended,
    end() {
      ended = true;
    },
  };
}
