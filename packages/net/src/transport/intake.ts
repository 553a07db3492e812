/** What each device has sent and nobody has worked off yet, whatever links it came on: who is above the limit is not read from. */
import { frameWeight, waitingWeight } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";

export class Intake {
  private readonly waiting = new Map<DeviceId, number>();
  private readonly full = new Set<DeviceId>();
  private readonly changed: (device: DeviceId) => void;

  /** `changed`: `isFull` of this device is another than before. */
  constructor(changed: (device: DeviceId) => void) {
    this.changed = changed;
  }

  isFull(device: DeviceId): boolean {
    return this.full.has(device);
  }

  came(device: DeviceId, frame: Uint8Array): void {
    const weight = (this.waiting.get(device) ?? 0) + frameWeight(frame);
    this.waiting.set(device, weight);
    if (weight <= waitingWeight || this.full.has(device)) return;
    this.full.add(device);
    this.changed(device);
  }

  taken(device: DeviceId, weight: number): void {
    const left = (this.waiting.get(device) ?? 0) - weight;
    if (left > 0) this.waiting.set(device, left);
    else this.waiting.delete(device);
    // At half, so that reading does not stop and go with every frame.
    if (left > waitingWeight / 2 || !this.full.delete(device)) return;
    this.changed(device);
  }
}
