/**
 * Who is let in (spec/05-transport.md, What strangers can do). Whoever connects first proves its key; then the devices that
 * belong here always have room, and all others share few places.
 */
import type { DeviceId } from "@multichat/protocol";
import { transportLimits } from "./limits.ts";
import { Places } from "./places.ts";
import type { Visitor } from "./places.ts";

export class Door {
  private readonly arriving = new Places(
    transportLimits.inboundHandshakes,
    transportLimits.inboundHandshakesPerHost,
  );
  private readonly strangers = new Places(
    transportLimits.strangers,
    transportLimits.strangersPerHost,
  );
  /** Who has come in, with the key it has proved. */
  private readonly inside = new Map<Visitor, DeviceId>();
  private welcomed: ReadonlySet<DeviceId> = new Set();

  /** Somebody has connected. */
  knocks(visitor: Visitor): void {
    this.arriving.take(visitor);
  }

  proves(visitor: Visitor, device: DeviceId): void {
    this.arriving.leave(visitor);
    this.inside.set(visitor, device);
    this.seat(visitor, device);
  }

  leaves(visitor: Visitor): void {
    this.arriving.leave(visitor);
    this.strangers.leave(visitor);
    this.inside.delete(visitor);
  }

  /** Exactly these devices belong here. */
  welcome(devices: ReadonlySet<DeviceId>): void {
    this.welcomed = devices;
    for (const [visitor, device] of this.inside) this.seat(visitor, device);
  }

  private seat(visitor: Visitor, device: DeviceId): void {
    if (this.welcomed.has(device)) this.strangers.leave(visitor);
    else this.strangers.take(visitor);
  }
}
