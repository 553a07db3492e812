/** What the database says about itself. */
import type { Connection } from "./connection.ts";

export interface Meta {
  incarnation(): Uint8Array | null;
  setIncarnation(incarnation: Uint8Array): void;
  /** Whether a node uses this database; see `wal-audit.ts` for what it proves. */
  setOpen(open: boolean): void;
  /** The least arrival number not yet given out, as far as the events do not tell by themselves. */
  arrivals(): number;
  setArrivals(next: number): void;
  /** What is left to do until nothing of what was purged is in the files any more; see `purge.ts`. */
  traces(): number;
  setTraces(traces: number): void;
}

export function createMeta(connection: Connection): Meta {
  const readBytes = connection.query("SELECT value FROM meta WHERE name = ?", ["bytes"]);
  const readNumber = connection.query("SELECT value FROM meta WHERE name = ?", ["integer"]);
  const write = connection.command("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)");
  return {
    incarnation: () => readBytes.get("incarnation")?.[0] ?? null,
    setIncarnation: (incarnation) => void write.run("incarnation", incarnation),
    setOpen: (open) => void write.run("open", open ? 1 : 0),
    arrivals: () => readNumber.get("arrivals")?.[0] ?? 1,
    setArrivals: (next) => void write.run("arrivals", next),
    traces: () => readNumber.get("traces")?.[0] ?? 0,
    setTraces: (traces) => void write.run("traces", traces),
  };
}
