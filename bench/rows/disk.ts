/** What the disk under the data folders takes to make a small write durable: no durable message can be faster. */
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { figure } from "../figures/figure.ts";
import { median } from "../figures/statistics.ts";
import type { Row } from "./row.ts";

const writes = 200;
/** A page of the database's log. */
const page = new Uint8Array(4096);

export const disk: Row = ({ folder, runs }) => {
  const medians = Array.from({ length: runs }, (_, run) => {
    const file = openSync(join(folder, `disk-${run}`), "w");
    const times: number[] = [];
    for (let i = 0; i < writes; i++) {
      const began = performance.now();
      writeSync(file, page);
      fdatasyncSync(file);
      times.push(performance.now() - began);
    }
    closeSync(file);
    return median(times);
  });
  return Promise.resolve([figure("disk: write 4 KiB + fdatasync", "ms", medians)]);
};
