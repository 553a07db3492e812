/** The secret by which programs of this user prove themselves to the node: the file `api-token` in the data folder. */
import { randomBytes } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { isExposed, writePrivateFile } from "./private-file.ts";

export const tokenPath = (dataDir: string): string => join(dataDir, "api-token");

/** Null when there is none, or none that can be used. */
export async function readApiToken(dataDir: string): Promise<string | null> {
  try {
    const token = (await readFile(tokenPath(dataDir), "utf8")).trim();
    return /^[\w-]{43}$/.test(token) ? token : null;
  } catch (error) {
    if (error instanceof Error && "code" in error && ["ENOENT", "ENOTDIR"].includes(String(error.code))) return null;
    throw error;
  }
}

/** The kept token, or a new one where there is none. One that others could read is replaced: it may be known. */
export async function ensureApiToken(dataDir: string): Promise<string> {
  const kept = await readApiToken(dataDir);
  if (kept !== null && !isExposed((await stat(tokenPath(dataDir))).mode)) return kept;
  const token = randomBytes(32).toString("base64url");
  await writePrivateFile(tokenPath(dataDir), `${token}\n`);
  return token;
}
