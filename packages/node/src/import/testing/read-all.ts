/** Everything an export comes to, for tests. */
import type { ExportReader, Imported, ImportedMessage, Problem } from "../imported.ts";
import { type MemoryExport, memoryPlace } from "./memory-exports.ts";

export interface ReadAll {
  messages: ImportedMessage[];
  problems: Problem[];
  /** What was left out, and how often. */
  skipped: Record<string, number>;
}

/** @param piece bytes that are read at once */
export async function readAll(
  reader: ExportReader,
  name: string,
  content: MemoryExport,
  piece?: number,
): Promise<ReadAll> {
  const all: Imported[] = [];
  for await (const one of reader(memoryPlace(name, content, piece))) all.push(one);
  const skipped: Record<string, number> = {};
  for (const one of all)
    if (one.type === "skipped") skipped[one.what] = (skipped[one.what] ?? 0) + 1;
  return {
    messages: all.filter((one) => one.type === "message"),
    problems: all.filter((one) => one.type === "problem"),
    skipped,
  };
}
