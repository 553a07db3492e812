/** The spaces that a new device is told of when it is linked (spec/09-devices.md, Linking a device). */
import { type SharedSpace, limits } from "@multichat/protocol";

/** As many as one step carries. The rest comes as own data. */
export function fitting(spaces: readonly SharedSpace[]): SharedSpace[] {
  let bytes = 0;
  const kept: SharedSpace[] = [];
  for (const space of spaces.slice(0, limits.sharedSpaces)) {
    bytes += 80 + space.peers.reduce((sum, { addresses }) => sum + 40 + bytesOf(addresses), 0);
    if (bytes > limits.deviceStep / 2) break;
    kept.push(space);
  }
  return kept;
}

/** At most. */
function bytesOf(addresses: readonly string[]): number {
  return addresses.reduce((sum, address) => sum + 3 * address.length + 3, 0);
}
