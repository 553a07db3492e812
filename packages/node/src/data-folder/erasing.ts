/**
 * Taking a deleted account off the disk (spec/09-devices.md). Others are told first, which takes seconds; that it is to go is marked
 * before that, so that it goes too when the node ends meanwhile, however it ends.
 */
import { closeSync, existsSync, openSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "@multichat/core/ports";

const markerName = "account-deleted";

/** @throws StoreError */
export function markErasing(dataDir: string): void {
  const path = join(dataDir, markerName);
  try {
    closeSync(openSync(path, "w", 0o600));
  } catch (error) {
    throw new StoreError("io", `${path} could not be written`, error);
  }
}

/** The keys, the database and copies of it that were kept aside, and the files of messages. Answers whether they were to go. */
export function eraseIfMarked(dataDir: string): boolean {
  const marker = join(dataDir, markerName);
  if (!existsSync(marker)) return false;
  for (const name of readdirSync(dataDir)) {
    if (name === "keys.json" || name === "blobs" || name.startsWith("multichat.sqlite")) rmSync(join(dataDir, name), { recursive: true });
  }
  rmSync(marker);
  return true;
}
