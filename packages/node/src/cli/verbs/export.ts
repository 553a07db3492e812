import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type Client, ClientError, type FileAccess, readFile } from "@multichat/client";
import type { FileView, Message, Space } from "@multichat/client/contract";
import type { Command } from "commander";
import { exportSpace, writeJson } from "../../export/export-space.ts";
import { freeName } from "../../export/file-names.ts";
import { readme } from "../../export/readme.ts";
import { fileTrouble, systemCode } from "../../file-trouble.ts";
import { CliError } from "../cli-error.ts";
import type { CliHost } from "../host.ts";
import { oneLine } from "../printable.ts";
import { refuseUnreadable, resolveSpace } from "../resolve.ts";
import { plural } from "../times.ts";
import { type VerbOptions, verb, withNode } from "../verb.ts";

interface ExportOptions extends VerbOptions {
  space?: string;
}

export function addExportVerb(program: Command, host: CliHost): void {
  verb(program, "export", "write everything you can read to open files, which are not encrypted")
    .argument("<path>", "a new folder")
    .option("--space <space>", "only this one: name or id (default: all)")
    .action((path: string, options: ExportOptions) =>
      withNode(host, options, async ({ client, access, print, progress }) => {
        const all = options.space === undefined ? await allSpaces(client) : [await resolveSpace(client, options.space)];
        const root = resolve(path);
        const spaces = await intoNewFolder(root, async () => {
          const people = new Map<string, string>();
          const folders = new Set<string>(["people.json", "readme.txt"]);
          const written: ({ id: string; name: string; folder: string } & Awaited<ReturnType<typeof exportSpace>>)[] = [];
          for (const space of all) {
            const folder = freeName(space.name, folders, "");
            const done = await exportSpace(
              {
                client,
                people,
                now: host.now,
                download: (message, file) => download(access, message, file),
                seen: (messages) => progress(`${space.name}: ${plural(messages, "message")}`),
              },
              space,
              join(root, folder),
            );
            written.push({ id: space.id, name: space.name, folder, ...done });
          }
          await writeJson(join(root, "people.json"), [...people].map(([id, name]) => ({ id, name })));
          await writeFile(join(root, "README.txt"), readme, { flag: "wx", mode: 0o600 });
          return written;
        });
        const words = spaces.map(({ name, messages, missing, expired, files, filesMissing }) => {
          const gaps = [expired > 0 ? `${plural(expired, "message")} had disappeared` : "", missing > 0 ? `${missing} whose text was not here` : "", filesMissing > 0 ? `${plural(filesMissing, "file")} not here` : ""].filter((gap) => gap !== "");
          return `  ${oneLine(name)}: ${plural(messages, "message")}, ${plural(files, "file")}${gaps.length > 0 ? `; ${gaps.join(", ")}` : ""}`;
        });
        print({ export: { path: root, spaces } }, [`Everything is in ${root}. Anybody who has these files can read them.`, ...words].join("\n"));
      }),
    );
}

async function allSpaces(client: Client): Promise<Space[]> {
  const { spaces } = await client.call("space.list", {});
  if (spaces.length === 0) await refuseUnreadable(client);
  return spaces;
}

/** @throws CliError also where the disk does not take it all */
async function intoNewFolder<T>(root: string, write: () => Promise<T>): Promise<T> {
  let left = "";
  try {
    await mkdir(dirname(root), { recursive: true });
    await mkdir(root, { mode: 0o700 }).catch(async (error: unknown) => {
      if (systemCode(error) !== "EEXIST" || !(await stat(root)).isDirectory()) throw error;
    });
    if ((await readdir(root)).length > 0) throw new CliError("file-exists", `There is something in ${root} already. Name a new folder.`);
    left = ` What is in ${root} now is not everything.`;
    return await write();
  } catch (error) {
    if (systemCode(error) === null) throw error;
    const { code, message } = fileTrouble(error, root);
    throw new CliError(code, message + left, { cause: error });
  }
}

/** What is not here is not waited for, and what went meanwhile is not here. */
async function download(access: FileAccess, message: Message, { blob, state }: FileView): Promise<AsyncIterable<Uint8Array> | null> {
  if (state.step !== "here") return null;
  try {
    return await readFile(access, message.id, blob);
  } catch (error) {
    if (error instanceof ClientError && error.code === "not-found") return null;
    throw error;
  }
}
