/**
 * What each device has sent and nobody has worked off yet, whatever links it came on: who is above the limit is not read from.
 * Devices that do not belong here have one share together, so that new names do not make more room.
 */
import { frameWeight, waitingWeight } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";

const strangers = "strangers";
type Share = DeviceId | typeof strangers;

export class Intake {
  private readonly waiting = new Map<DeviceId, number>();
  private readonly shares = new Map<Share, number>();
  private readonly full = new Set<Share>();
  private welcomed: ReadonlySet<DeviceId> = new Set();
  private readonly changed: () => void;

  /** `changed`: `isFull` of some device is another than before. */
  constructor(changed: () => void) {
    this.changed = changed;
  }

  isFull(device: DeviceId): boolean {
    return this.full.has(this.shareOf(device));
  }

  came(device: DeviceId, frame: Uint8Array): void {
    const share = this.add(device, frameWeight(frame));
    if (this.full.has(share) || this.weightOf(share) <= waitingWeight) return;
    this.full.add(share);
    this.changed();
  }

  taken(device: DeviceId, weight: number): void {
    const share = this.add(device, -Math.min(weight, this.waiting.get(device) ?? 0));
    // At half, so that reading does not stop and go with every frame.
    if (this.weightOf(share) > waitingWeight / 2 || !this.full.delete(share)) return;
    this.changed();
  }

  /** Exactly these devices have a share of their own. */
  welcome(devices: ReadonlySet<DeviceId>): void {
    this.welcomed = devices;
    const waiting = [...this.waiting];
    this.waiting.clear();
    this.shares.clear();
    this.full.clear();
    for (const [device, weight] of waiting) {
      const share = this.add(device, weight);
      if (this.weightOf(share) > waitingWeight) this.full.add(share);
    }
    this.changed();
  }

  private shareOf(device: DeviceId): Share {
    return this.welcomed.has(device) ? device : strangers;
  }

  private weightOf(share: Share): number {
    return this.shares.get(share) ?? 0;
  }

  private add(device: DeviceId, weight: number): Share {
    const share = this.shareOf(device);
    put(this.waiting, device, (this.waiting.get(device) ?? 0) + weight);
    put(this.shares, share, this.weightOf(share) + weight);
    return share;
  }
}

function put<Key>(map: Map<Key, number>, key: Key, weight: number): void {
  if (weight > 0) map.set(key, weight);
  else map.delete(key);
}
