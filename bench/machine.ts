/** What the figures were taken on: they mean little without. */
import { statfsSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

export interface Machine {
  cores: number;
  processor: string;
  memoryGB: number;
  node: string;
  platform: string;
  /** The file system under the data folders. */
  disk: string;
  /** Programs that wanted to run, on average over the minute before. Above zero, others were at work too. */
  load: number;
}

const fileSystems = new Map([
  [0xef53, "ext4"],
  [0x01021994, "tmpfs (not a disk)"],
  [0x9123683e, "btrfs"],
  [0x58465342, "xfs"],
  [0x794c7630, "overlayfs"],
]);

export function machine(folder: string): Machine {
  const { type } = statfsSync(folder);
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryGB: Math.round(totalmem() / 1e9),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    disk: fileSystems.get(type) ?? `file system 0x${type.toString(16)}`,
    load: loadavg()[0]!,
  };
}
