import { describeDisk } from "./conformance.ts";
import { createMemoryDisk } from "./memory-disk.ts";

describeDisk("in memory", () => {
  const disk = createMemoryDisk({ now: () => 0 });
  return { disk, spoil: (name, at) => void (disk.files.get(name)!.bytes[at]! ^= 1) };
});
