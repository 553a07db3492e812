/** Small files that only their owner may read. */
import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";

/** Writes the whole file or nothing: a crash leaves the old content, and nobody sees half of the new. */
export async function writePrivateFile(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Whether others on this machine could read it. Windows keeps its rights elsewhere, and a profile's folder is private. */
export function isExposed(mode: number): boolean {
  return process.platform !== "win32" && (mode & 0o077) !== 0;
}
