/** A folder of its own for each test, and looks at the files in it. */
import { hash } from "node:crypto";
import { readdirSync, readFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StoreError } from "@multichat/core/ports";
import { afterEach, beforeEach } from "vitest";

export interface Scratch {
  /** Where the test's database goes. */
  readonly path: string;
  /**
   * Every file in the folder with a hash of its bytes, to compare before and after. The wal-index is left out: SQLite makes it anew
   * from the log whenever it looks at a database.
   */
  files(): Record<string, string>;
}

export function useScratch(): Scratch {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "multichat-store-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return {
    get path() {
      return join(folder, "store.db");
    },
    files() {
      const names = readdirSync(folder).filter((name) => !name.endsWith("-shm"));
      return Object.fromEntries(
        names.map((name) => [name, hash("sha256", readFileSync(join(folder, name)))]),
      );
    },
  };
}

/** The code of the StoreError that `work` throws; null if it throws nothing. Anything else it throws is a defect. */
export function storeErrorOf(work: () => unknown): StoreError | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
}
