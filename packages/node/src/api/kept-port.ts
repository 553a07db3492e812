/**
 * The port the API listens on, kept in the data folder's `config.json`: a browser's service worker, its installed app and
 * its cookies belong to an address, so the port is chosen once.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writePrivateFile } from "./private-file.ts";
import { StartError } from "./start-error.ts";

export const configPath = (dataDir: string): string => join(dataDir, "config.json");

/** Null before the first start. */
export async function readKeptPort(dataDir: string): Promise<number | null> {
  const { port } = await readConfig(dataDir);
  return typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536
    ? port
    : null;
}

/** Leaves the other settings of the file as they are. */
export async function keepPort(dataDir: string, port: number): Promise<void> {
  const config = await readConfig(dataDir);
  if (config["port"] === port) return;
  await writePrivateFile(configPath(dataDir), `${JSON.stringify({ ...config, port }, null, 2)}\n`);
}

async function readConfig(dataDir: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(configPath(dataDir), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && ["ENOENT", "ENOTDIR"].includes(String(error.code))) return {};
    throw error;
  }
  try {
    const config: unknown = JSON.parse(text);
    if (typeof config === "object" && config !== null && !Array.isArray(config))
      return { ...config };
  } catch {
    // Falls through: no JSON and no object are the same to the reader.
  }
  throw new StartError(
    "bad-request",
    `${configPath(dataDir)} is not a JSON object. Mend it, or delete it to begin anew.`,
  );
}
