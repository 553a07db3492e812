/** Tells the transport what has been worked off: not frame by frame, as each word to another thread costs as much as a small frame. */
import { waitingWeight } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";

/** Little enough that what is not told yet holds nobody up. */
export const tellEvery = waitingWeight / 32;

/** Counts `weight` of frames of a device; once there is enough of it, `tell` is given the sum for each device. */
export function createTally(
  tell: (taken: [DeviceId, number][]) => void,
): (device: DeviceId, weight: number) => void {
  let sums = new Map<DeviceId, number>();
  let total = 0;
  return (device, weight) => {
    sums.set(device, (sums.get(device) ?? 0) + weight);
    total += weight;
    if (total < tellEvery) return;
    const taken = [...sums];
    sums = new Map();
    total = 0;
    tell(taken);
  };
}
