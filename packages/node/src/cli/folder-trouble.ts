/** A data folder that cannot be used, in words for whoever named it. */
import { CliError } from "./cli-error.ts";

/** As the system says it, and SQLite: READONLY and CANTOPEN. */
const mayNotWrite: readonly unknown[] = ["EACCES", "EPERM", "EROFS", "ENOENT", 8, 14];
const noFolder: readonly unknown[] = ["EEXIST", "ENOTDIR"];
/** FULL is SQLite's, the last the store's own. */
const full: readonly unknown[] = ["ENOSPC", "EDQUOT", 13, "full"];

/** Does what needs the folder. @throws CliError */
export async function inUsableFolder<T>(dataDir: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw inWords(dataDir, error) ?? error;
  }
}

function inWords(dataDir: string, cause: unknown): CliError | null {
  if (!(cause instanceof Error)) return null;
  const code = "errcode" in cause ? cause.errcode : "code" in cause ? cause.code : null;
  if (full.includes(code))
    return new CliError("disk-full", `The disk is full, so Multichat cannot start on ${dataDir}. Free some space and try again.`, { cause });
  if (noFolder.includes(code))
    return new CliError("internal", `${dataDir} cannot be the data folder: there is a file where a folder is needed. Choose another with --data.`, { cause });
  if (mayNotWrite.includes(code))
    return new CliError("internal", `Multichat cannot write to its data folder ${dataDir}. Choose another with --data, or let this user write there.`, { cause });
  return null;
}
