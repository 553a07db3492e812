/**
 * What the machine itself takes for the two things no message can do without: being made durable on this disk, and having a
 * signature checked (by what every machine has, so that machines can be compared). On a busy machine both are slower, and so is everything else.
 */
import { generateKeyPairSync, sign, verify } from "node:crypto";
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { figure } from "../figures/figure.ts";
import { median } from "../figures/statistics.ts";
import type { Row } from "./row.ts";

const writes = 200;
const signatures = 500;
/** A page of the database's log. */
const page = new Uint8Array(4096);

export const machineItself: Row = ({ folder, runs }) =>
  Promise.resolve([
    figure("write 4 KiB + fdatasync", "ms", durableWrites(folder, runs)),
    figure("check a signature with OpenSSL, processor time", "µs", checkedSignatures(runs)),
  ]);

function durableWrites(folder: string, runs: number): number[] {
  return Array.from({ length: runs }, (_, run) => {
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
}

function checkedSignatures(runs: number): number[] {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const message = new Uint8Array(330);
  const signature = sign(null, message, privateKey);
  return Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    for (let i = 0; i < signatures; i++) verify(null, message, publicKey, signature);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / signatures;
  });
}
