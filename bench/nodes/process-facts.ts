/** What the system says of a process. Where it says nothing (anything but Linux), null. */
import { readFileSync } from "node:fs";

/** Resident memory, bytes. */
export function residentBytes(pid: number): number | null {
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? "");
  return found === null ? null : Number(found[1]) * 1024;
}

/** Processor time used so far by all its threads, ms. */
export function processorMs(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name, in brackets, may hold anything; user and system time are the 12th and 13th field after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

/** USER_HZ is 100 wherever Linux runs. */
const msPerTick = 10;

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
