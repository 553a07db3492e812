/** Backup files between a browser and the node (spec/local-api.md, Backup files). */
import { ClientError } from "./client-error.ts";
import { errorOf } from "./session.ts";

const path = "/api/v1/backup-file";

/** Where the backup written last to a reserved path can be downloaded. */
export function backupFileAddress(url: string): string {
  return new URL(path, url).href;
}

/** Answers a path for `backup.write`. @throws ClientError */
export function reserveBackupFile(url: string): Promise<string> {
  return askForPath(url, { method: "POST" });
}

/** Answers a path for `backup.restore`. @throws ClientError */
export function sendBackupFile(url: string, file: Blob): Promise<string> {
  return askForPath(url, { method: "PUT", body: file });
}

async function askForPath(url: string, init: RequestInit): Promise<string> {
  let response: Response;
  try {
    response = await fetch(backupFileAddress(url), { ...init, credentials: "same-origin" });
  } catch (cause) {
    throw new ClientError(
      { code: "not-running", message: "Multichat is not running on this computer." },
      { cause },
    );
  }
  if (!response.ok) throw new ClientError(await errorOf(response));
  const { value } = (await response.json()) as { value: { path: string } };
  return value.path;
}
