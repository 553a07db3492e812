/** Files between this machine's disk and the node (spec/cli.md, send and files). */
import { openAsBlob } from "node:fs";
import { lstat, open, rename, rm, stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { type Client, type FileAccess, type FileDraft, type FileView, readFile, sendFile } from "@multichat/client";
import { fileTrouble, systemCode } from "../file-trouble.ts";
import { CliError } from "./cli-error.ts";

/** By what a name ends with; what is not here is sent as bytes. */
const types: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".gif": "image/gif",
  ".avif": "image/avif",
  ".mp4": "video/mp4",
  ".webm": "video/webm",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".wav": "audio/wav",
  ".pdf": "application/pdf",
  ".txt": "text/plain",
};

/** @throws CliError */
export async function handOver(access: FileAccess, path: string): Promise<FileDraft> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) throw new CliError("file-unreadable", `There is no file to be read at ${path}.`);
  if (found.size === 0) throw new CliError("bad-request", `${path} is empty.`);
  const { blob } = await sendFile(access, await openAsBlob(path)).catch(async (error: unknown) => {
    const now = await stat(path).catch(() => null);
    // What was changed cannot be read on, which looks as if the node had gone.
    if (now?.size === found.size && now.mtimeMs === found.mtimeMs) throw error;
    throw new CliError("file-unreadable", `${path} was changed while it was read. Send it once nothing changes it any more.`, { cause: error });
  });
  return { blob, name: sentName(path), type: types[extname(path).toLowerCase()] ?? "application/octet-stream" };
}

/** Its own name, without what paths are made of elsewhere and what no name holds. */
export function sentName(path: string): string {
  return basename(path).replaceAll(/[\\\p{Cc}]/gu, "_");
}

/** Fetches it from the members if it is not here. @param seen is told of each state @throws CliError when the node stops */
export function fetched(client: Client, message: string, { blob }: FileView, seen: (state: FileView["state"]) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const take = (state: FileView["state"]): void => {
      if (state.step === "here") resolve();
      else seen(state);
    };
    client.on("file", (told) => {
      if (told.blob === blob) take(told.state);
    });
    client.onState((state) => {
      if (state !== "open") reject(new CliError("not-running", "Multichat has stopped."));
    });
    client.call("file.fetch", { message, blob }).then(({ file }) => take(file.state), reject);
  });
}

/** What is there already is not written over unless that was asked for, and never what is no file. @throws CliError */
export async function refuseTaken(path: string, force: boolean): Promise<void> {
  const there = await lstat(path).catch(() => null);
  if (there === null) return;
  if (!there.isFile() && !there.isSymbolicLink()) throw new CliError("file-exists", `What is at ${path} is not a file. Choose another name.`);
  if (!force) throw new CliError("file-exists", `There is a file at ${path} already. --force replaces it.`);
}

/** It has its name only once it is whole. @throws CliError */
export async function save(access: FileAccess, message: string, { blob }: FileView, path: string, force: boolean): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    const target = await open(unfinished, "wx");
    try {
      for await (const bytes of await readFile(access, message, blob)) await target.write(bytes);
    } finally {
      await target.close();
    }
    // It may have taken long.
    await refuseTaken(path, force);
    await rename(unfinished, path);
  } catch (error) {
    if (systemCode(error) === "EEXIST") throw new CliError("file-exists", `There is a file at ${unfinished}, of an attempt before or under way. Remove it.`);
    await rm(unfinished, { force: true });
    if (systemCode(error) === null) throw error;
    const { code, message: why } = fileTrouble(error, path);
    throw new CliError(code, why, { cause: error });
  }
}
